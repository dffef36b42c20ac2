export type Dependencies = Readonly<Record<string, string>>;
export type Manifest = {
  name: string;
  version: string;
  private?: boolean;
  dependencies?: Dependencies;
  devDependencies?: Dependencies;
  scripts?: Readonly<Record<string, string>>;
};

/** How a package of the repository becomes one that others install. */
export type Packed = {
  folder: string;
  /** What goes along, and nothing else but manifest and README. */
  folders: readonly string[];
  dependencies: (own: Dependencies) => Dependencies;
};

const asTheyAre = (own: Dependencies) => own;

/**
 * All that `awe serve` needs, each a package. The client is not among them: it is published by itself, with types, by
 * `npm pack`.
 */
export function packages(version: string, node: string): readonly Packed[] {
  return [
    { folder: 'packages/engine', folders: ['src'], dependencies: asTheyAre },
    { folder: 'packages/contract', folders: ['src'], dependencies: asTheyAre },
    { folder: 'packages/wording', folders: ['src'], dependencies: asTheyAre },
    // It is built, with everything it is made of inside.
    { folder: 'packages/portal', folders: ['dist'], dependencies: () => ({}) },
    {
      folder: 'packages/server',
      folders: ['src', 'demo'],
      dependencies: (own) => ({ ...own, '@awe/portal': version }),
    },
    // The Node that it runs on comes along, as in the repository: the machine's own may be older.
    { folder: 'packages/cli', folders: ['src'], dependencies: (own) => ({ ...own, node }) },
  ];
}
