/** A package-lock.json (version 3), as far as it matters here: its packages by their place. */
export type Lock = { version: string; packages: Record<string, LockedPackage> };

export type LockedPackage = {
  name?: string;
  version?: string;
  license?: string;
  /** A workspace: `resolved` is where it lies. */
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
};

/**
 * The places in the lock file of all that a workspace needs when it runs, itself and other workspaces included: what
 * `npm ci --omit=dev --omit=optional --workspace …` installs.
 * @throws Error for a dependency that the lock file does not have
 */
export function productionPlaces({ packages }: Lock, workspace: string): string[] {
  const found = new Set<string>();
  const visit = (place: string): void => {
    if (found.has(place)) return;
    found.add(place);
    for (const name of neededBy(packages[place] ?? {})) {
      const dependency = placeOf(packages, place, name);
      if (dependency === null)
        throw new Error(`package-lock.json: ${place} needs ${name}, which is not in it`);
      const { link, resolved } = packages[dependency] ?? {};
      visit(link && resolved !== undefined ? resolved : dependency);
    }
  };
  visit(workspace);
  return [...found].sort();
}

/** `name@version` of a place. */
export function packageAt({ packages }: Lock, place: string): string {
  const { name, version } = packages[place] ?? {};
  return `${name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`;
}

function neededBy(entry: LockedPackage): string[] {
  const required = Object.keys(entry.dependencies ?? {}).filter(
    (name) => !(name in (entry.optionalDependencies ?? {})),
  );
  const peers = Object.keys(entry.peerDependencies ?? {}).filter(
    (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
  );
  return [...required, ...peers];
}

/** As Node finds it: beside, then in every folder above. */
function placeOf(packages: Lock['packages'], from: string, name: string): string | null {
  for (let folder = from; ; ) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '') return null;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}
