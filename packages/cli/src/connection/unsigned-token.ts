import { usageFailure } from '../failure.ts';

export type DevelopmentUser = { user: string; roles: string[] };

/** `ada:AWE_ADMIN,AUDITOR`, or only `olga`. */
export function parseUser(text: string): DevelopmentUser {
  const [, user = '', roles = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (user.trim() === '') {
    throw usageFailure(
      `--as names nobody in "${text}": write user or user:ROLE,ROLE, such as --as ada:AWE_ADMIN.`,
    );
  }
  return {
    user: user.trim(),
    roles: roles
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== ''),
  };
}

/** A token that only a service in development believes. `expiresAt`: unix seconds. */
export function unsignedToken({ user, roles }: DevelopmentUser, expiresAt?: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: user,
    realm_access: { roles },
    ...(expiresAt === undefined ? {} : { exp: expiresAt }),
  };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
