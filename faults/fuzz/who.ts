import fc, { type Arbitrary } from 'fast-check';

/** Few, so that callers meet their own tasks. */
export const PEOPLE = ['ann', 'bob', 'cyd', 'dan'] as const;

/** Who calls. `raw` is a whole Authorization header that is no good token; `claims` is believed in development. */
export type Who =
  | { kind: 'nobody' }
  | { kind: 'raw'; header: string }
  | { kind: 'claims'; sub: string; more: Readonly<Record<string, unknown>> }
  /** The assignee of the task that the call is about. */
  | { kind: 'assignee' };

const PART = 'e30';
const MARK = 'c2VjcmV0LW9mLXRoaXMtdG9rZW4tdGhhdC1ub2JvZHktcmVwZWF0cw';
const ROLES = { viewer: ['AWE_VIEWER'], admin: ['AWE_ADMIN'] } as const;

export function withRole(role: keyof typeof ROLES, sub = 'ada'): Who {
  return { kind: 'claims', sub, more: { realm_access: { roles: ROLES[role] } } };
}

export const person = fc.constantFrom(...PEOPLE);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unbelievable = [
  null,
  7,
  [],
  'text',
  {},
  { sub: null },
  { sub: 7 },
  { sub: ' ' },
  { sub: 'a\0' },
  { sub: '\ud800' },
  { sub: 'x'.repeat(256) },
  { sub: 'sla-monitor' },
  { sub: 'ann', exp: 1 },
  { sub: 'ann', exp: 'never' },
  { sub: 'ann', nbf: 99_999_999_999 },
].map((claims) => `Bearer ${part({ alg: 'none' })}.${part(claims)}.${MARK}`);

const headers = fc.constantFrom(
  '',
  'Bearer',
  'Bearer ',
  'Bearer ..',
  `Bearer ${MARK}`,
  `Bearer ${PART}.${MARK}.`,
  `Bearer ${PART}.${PART}.${PART}.${MARK}`,
  `Bearer ${PART}.${'%'.repeat(30)}.`,
  `Bearer ${MARK} ${MARK}`,
  `Basic ${MARK}`,
  `bearer\t${MARK}`,
  `Bearer ${'A'.repeat(4_000)}`,
  ...unbelievable,
);

/** Roles of another shape grant nothing, and break nothing. */
const oddClaims = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { realm_access: 7 },
  { realm_access: { roles: 'AWE_ADMIN' } },
  { realm_access: { roles: [['AWE_ADMIN'], { role: 'AWE_ADMIN' }, 'AWE_ADMIN '] } },
  { resource_access: null },
  { resource_access: [] },
  { email: 7 },
  { email: '\0' },
);

const anybody = person.map((sub): Who => ({ kind: 'claims', sub, more: {} }));
const viewer = person.map((sub) => withRole('viewer', sub));
const admin = fc.oneof(
  { arbitrary: fc.constant(withRole('admin')), weight: 3 },
  { arbitrary: person.map((sub) => withRole('admin', sub)), weight: 1 },
);

/** Mostly somebody who may make a call of this access; all others too. */
export function anyWho(access: 'public' | 'any' | 'viewer' | 'admin', aboutTask: boolean): Arbitrary<Who> {
  const fitting = {
    public: fc.oneof(fc.constant<Who>({ kind: 'nobody' }), anybody),
    any: aboutTask ? fc.oneof(fc.constant<Who>({ kind: 'assignee' }), admin) : anybody,
    viewer,
    admin,
  }[access];
  return fc.oneof(
    { arbitrary: fitting, weight: 15 },
    { arbitrary: anybody, weight: 1 },
    { arbitrary: viewer, weight: 1 },
    { arbitrary: fc.constant<Who>({ kind: 'nobody' }), weight: 1 },
    { arbitrary: headers.map((header): Who => ({ kind: 'raw', header })), weight: 1 },
    {
      arbitrary: fc.tuple(person, oddClaims).map(([sub, more]): Who => ({ kind: 'claims', sub, more })),
      weight: 1,
    },
  );
}

/** The Authorization header, or null; `assignee` is whose task the call is about. */
export function authorizationOf(who: Who, assignee: string): string | null {
  if (who.kind === 'nobody') return null;
  if (who.kind === 'raw') return who.header;
  const claims = who.kind === 'assignee' ? { sub: assignee } : { sub: who.sub, ...who.more };
  return `Bearer ${part({ alg: 'none' })}.${part(claims)}.`;
}

/** What the service may take the caller for; null: not known. */
export function standingOf(who: Who): { isAdmin: boolean; isViewer: boolean } | null {
  if (who.kind === 'nobody' || who.kind === 'raw') return null;
  const access =
    who.kind === 'claims' ? (who.more.realm_access as { roles?: unknown } | undefined) : undefined;
  const isAdmin = access?.roles === ROLES.admin;
  return { isAdmin, isViewer: isAdmin || access?.roles === ROLES.viewer };
}
