import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { IdentityFailure } from '../../src/identity/failure.ts';
import { createIdentity } from '../../src/identity/identity.ts';
import { stoppedClock, unsigned } from './tokens.ts';

const clock = stoppedClock();

function development(env: Record<string, string> = {}) {
  const config = loadConfig({ env, cwd: '/nowhere' });
  return createIdentity(config, { now: clock.now });
}

async function refusal(header: string | undefined, identity = development()): Promise<string> {
  const error = await identity.identify(header).catch((reason: unknown) => reason);
  if (error instanceof IdentityFailure && error.kind === 'unauthenticated') return error.message;
  throw error;
}

describe('development identity', () => {
  it('believes an unsigned token', async () => {
    const claims = { sub: 'u-alice', email: 'alice@example.org', realm_access: { roles: ['AWE_ADMIN'] } };
    expect(await development().identify(unsigned(claims))).toEqual({
      subject: 'u-alice',
      sub: 'u-alice',
      email: 'alice@example.org',
      roles: new Set(['AWE_ADMIN']),
      isAdmin: true,
      isViewer: true,
    });
  });

  it('believes any alg and any signature, and takes "bearer" in any case', async () => {
    const header = unsigned({ sub: 'u-bob' }, { alg: 'HS256' }, 'forged').replace('Bearer', 'bEARER');
    expect(await development().identify(header)).toMatchObject({
      sub: 'u-bob',
      email: null,
      isViewer: false,
    });
  });

  it('names people by the claim that tasks use', async () => {
    const identity = development({ AWE__AUTH__ASSIGNEE_CLAIM: 'preferred_username' });
    const claims = { sub: '4d1c', preferred_username: 'alice' };
    expect(await identity.identify(unsigned(claims))).toMatchObject({ subject: 'alice', sub: '4d1c' });
    expect(await refusal(unsigned({ sub: '4d1c' }), identity)).toBe(
      'the token has no "preferred_username" claim, which names its bearer',
    );
  });

  it('collects roles from the realm and every client, and stumbles over none', async () => {
    const roles = async (claims: object) => {
      const {
        roles: found,
        isAdmin,
        isViewer,
      } = await development().identify(unsigned({ sub: 'u', ...claims }));
      return { found: [...found], isAdmin, isViewer };
    };
    expect(
      await roles({
        realm_access: { roles: ['A', 'B'] },
        resource_access: {
          portal: { roles: ['B', 'AWE_VIEWER'] },
          odd: null,
          odder: { roles: 'AWE_ADMIN' },
          oddest: [],
        },
      }),
    ).toEqual({ found: ['A', 'B', 'AWE_VIEWER'], isAdmin: false, isViewer: true });
    const nothing = { found: [], isAdmin: false, isViewer: false };
    for (const odd of [
      null,
      7,
      'AWE_ADMIN',
      ['AWE_ADMIN'],
      { roles: { 0: 'AWE_ADMIN' } },
      { roles: [7, ['AWE_ADMIN']] },
    ]) {
      expect(await roles({ realm_access: odd, resource_access: odd })).toEqual(nothing);
    }
  });

  it('honours exp and nbf where they are given, with leeway', async () => {
    const identity = development();
    expect(
      await identity.identify(unsigned({ sub: 'u', exp: clock.in(-59), nbf: clock.in(60) })),
    ).toMatchObject({ sub: 'u' });
    expect(await refusal(unsigned({ sub: 'u', exp: clock.in(-60) }))).toBe(
      'the token expired at 2026-04-23T09:59:00.000Z; get a new one',
    );
    expect(await refusal(unsigned({ sub: 'u', nbf: clock.in(61) }))).toBe(
      'the token is not valid before 2026-04-23T10:01:01.000Z',
    );
    expect(await refusal(unsigned({ sub: 'u', exp: 'tomorrow' }))).toBe(
      'the token\'s "exp" claim is not a number',
    );
    expect(await refusal(unsigned({ sub: 'u', exp: -1e300 }))).toContain('the token expired at -1e+300');
  });

  const encode = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64url');
  const empty = encode('{}');
  it.each([
    [undefined, 'a token is needed: send "Authorization: Bearer <token>"'],
    ['', 'the Authorization header is not "Bearer <token>"'],
    ['Bearer', 'the Authorization header is not "Bearer <token>"'],
    ['Bearer  ', 'the Authorization header is not "Bearer <token>"'],
    ['Bearer a b', 'the Authorization header is not "Bearer <token>"'],
    ['Basic dTpw', 'the Authorization header is not "Bearer <token>"'],
    [
      'Bearer a.b',
      'the token is not a JWT: it needs three parts, header.payload.signature (the last may be empty)',
    ],
    [
      'Bearer a.b.c.d.e',
      'the token is not a JWT: it needs three parts, header.payload.signature (the last may be empty)',
    ],
    ['Bearer ..', "the token's header is not base64url"],
    [`Bearer ${empty}..`, "the token's payload is not base64url"],
    [`Bearer ${empty}.a+b=.`, "the token's payload is not base64url"],
    [`Bearer ${encode('nonsense')}.${empty}.`, "the token's header is not JSON"],
    [`Bearer ${empty}.${encode('{"sub":')}.`, "the token's payload is not JSON"],
    [`Bearer ${empty}.${encode(Buffer.from([0x22, 0xc3, 0x28, 0x22]))}.`, "the token's payload is not JSON"],
    [`Bearer ${empty}.${encode('["sub"]')}.`, "the token's payload is not a JSON object"],
    [`Bearer ${empty}.${encode('null')}.`, "the token's payload is not a JSON object"],
    [unsigned({}), 'the token has no "sub" claim, which names its bearer'],
    [unsigned({ sub: null }), 'the token has no "sub" claim, which names its bearer'],
    [unsigned({ sub: 7 }), 'the token\'s "sub" claim is not a string'],
    [unsigned({ sub: ['u'] }), 'the token\'s "sub" claim is not a string'],
    [unsigned({ sub: '' }), 'the token\'s "sub" claim is blank'],
    [
      unsigned({ sub: 'sla-monitor' }),
      'the token\'s "sub" claim is "sla-monitor", which is the service\'s own name',
    ],
    [unsigned({ sub: ' \t' }), 'the token\'s "sub" claim is blank'],
    ...['x'.repeat(256), 'a\0b', '\ud800'].map((sub): [string, string] => [
      unsigned({ sub }),
      'the token\'s "sub" claim is longer than 255 characters, or holds NUL or half a surrogate pair',
    ]),
  ])('refuses %.60s', async (header, message) => {
    expect(await refusal(header)).toBe(message);
  });

  it('leaves out an email that could not be stored', async () => {
    for (const email of [7, 'a\0b', '\udfff']) {
      expect(await development().identify(unsigned({ sub: 'u', email }))).toMatchObject({ email: null });
    }
  });
});
