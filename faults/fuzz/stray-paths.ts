/** Paths that look like one that is served, and lead elsewhere or nowhere. */
const WAYS = {
  'slash at the end': (path: string) => `${path}/`,
  'two slashes': (path: string) => path.replace('/awe/', '/awe//'),
  'two slashes in front': (path: string) => `/${path}`,
  'up and down': (path: string) => path.replace('/awe/', '/awe/x/../'),
  capitals: (path: string) => path.replace('/v1/awe/', '/V1/AWE/'),
  NUL: (path: string) => `${path}%00`,
  'half an escape': (path: string) => `${path}%`,
  'not UTF-8': (path: string) => `${path}%ff`,
  'encoded slash': (path: string) => path.replace('/awe/', '/awe%2F'),
  matrix: (path: string) => `${path};a=b`,
  fragment: (path: string) => `${path}#a`,
  'no base': (path: string) => path.replace('/v1/awe', ''),
  'one step more': (path: string) => `${path}/x`,
} as const;

export type Stray = keyof typeof WAYS;

export const STRAYS = Object.keys(WAYS) as Stray[];

export function strayed(path: string, way: Stray): string {
  return WAYS[way](path);
}
