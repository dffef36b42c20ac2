import { describe, expect, it } from 'vitest';
import { InvalidCursor } from '../../src/ledger/cursor.ts';
import { AWKWARD_ROLE, ENABLED_CROWD, RESOLVER, WEAK } from './sample-realm.ts';
import type { Subject } from './subject.ts';

/**
 * What the directory makes of a Keycloak that holds the sample realm, whether it is the double or the real one: where
 * they differ, the double is wrong.
 */
export function directoryCases(at: () => Subject): void {
  const names = (rule: object) => at().ask(rule);
  const people = (...users: string[]) => ({ ok: true, users });
  const failing = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

  describe('who has a role', () => {
    it.each([
      ['of the realm, without the disabled', { role: 'OFFICER' }, people('amina', 'bao')],
      ['of a client', { role: 'REVIEWER', client: 'registry-staff-portal' }, people('amina')],
      ['that nobody has', { role: 'NOBODY' }, people()],
      ['on many pages', { role: 'CROWD' }, people(...ENABLED_CROWD)],
      ['whose name is hard to write into a URL', { role: AWKWARD_ROLE }, people('lana')],
      ['that contains others', { role: 'BOSS' }, people('boris')],
      ['that is given to a group', { role: 'BY_GROUP' }, people()],
      ['that is given to a service', { role: 'ROBOT' }, people('service-account-registry-service')],
    ])('%s', async (_, rule, answer) => {
      expect(await names(rule)).toEqual(answer);
    });

    it('is by default told by Keycloak’s own ids, which tokens carry as sub', async () => {
      const { rows } = await at()
        .pickers({ claim: 'sub' })
        .users({ search: 'amina', limit: 5, cursor: null });
      const [amina] = rows;
      expect(rows).toEqual([
        {
          user_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          username: 'amina',
          name: 'Amina Officer',
          email: 'amina@example.org',
        },
      ]);
      expect(await at().ask({ role: 'REVIEWER', client: 'registry-staff-portal' }, { claim: 'sub' })).toEqual(
        {
          ok: true,
          users: [amina?.user_id],
        },
      );
    });
  });

  describe('who is in a group', () => {
    it.each([
      ['below another', '/districts/D1', people('amina')],
      ['that has members only further below', '/districts', people()],
      ['with the disabled left out', '/directors', people('chen', 'dita')],
      ['with slashes in its names', '/x/y/k/l', people('lana')],
      ['on many pages', '/crowd', people(...ENABLED_CROWD)],
    ])('%s', async (_, group, answer) => {
      expect(await names({ group })).toEqual(answer);
    });
  });

  describe('what fails, which is not the same as nobody', () => {
    it.each([
      ['an unknown role', { role: 'officer' }, /^the realm has no role officer$/],
      ['a role that leads out of its path', { role: '..' }, /^the realm has no role \.\.$/],
      [
        'the same of a client',
        { role: '..', client: 'registry-staff-portal' },
        /^the client registry-staff-portal has no role \.\.$/,
      ],
      ['an unknown client', { role: 'REVIEWER', client: 'registry' }, /^the realm has no client registry$/],
      [
        'an unknown role of a client',
        { role: 'OFFICER', client: 'registry-staff-portal' },
        /^the client registry-staff-portal has no role OFFICER$/,
      ],
      ['an unknown group', { group: '/districts/D9' }, /^the realm has no group \/districts\/D9$/],
      [
        'a group that leads out of its path',
        { group: '/../../users' },
        /has no group \/\.\.\/\.\.\/users|answered 400/,
      ],
      ['the same without a slash', { group: '..' }, /has no group \.\.|answered 400/],
      ['a rule without a role', { role: 7 }, /^the role rule has no role: write/],
      [
        'a rule with half a client',
        { role: 'OFFICER', client: 7 },
        /^the client of the role rule is not a text: write/,
      ],
      ['a rule without a group', { group: null }, /^the group rule has no group: write/],
    ])('%s', async (_, rule, reason) => {
      expect(await names(rule)).toEqual(failing(reason));
    });

    it('a wrong secret, which is not told', async () => {
      const answer = await at().ask({ role: 'OFFICER' }, { client: { ...RESOLVER, secret: 'hunter2' } });
      expect(answer).toEqual(
        failing(
          /Keycloak at 127\.0\.0\.1:\d+ refuses the client awe-admin-resolver \(.*credentials.*\): check keycloak\.admin_client_id and keycloak\.admin_client_secret, and that the client has a service account$/,
        ),
      );
      expect(JSON.stringify(answer)).not.toContain('hunter2');
    });

    it('a realm that is not there', async () => {
      expect(await at().ask({ role: 'OFFICER' }, { realm: 'elsewhere' })).toEqual(
        failing(/ has no realm elsewhere \(.*\): check keycloak\.base_url and keycloak\.realm$/),
      );
    });

    it.each([
      [{ role: 'OFFICER' }, 'the users with role OFFICER'],
      [{ role: 'REVIEWER', client: 'registry-staff-portal' }, 'the client registry-staff-portal'],
      [{ group: '/districts/D1' }, 'the group /districts/D1'],
    ])('a service account that may not look: %j', async (rule, what) => {
      expect(await at().ask(rule, { client: WEAK })).toEqual({
        ok: false,
        reason: expect.stringMatching(
          new RegExp(
            `does not let weak-resolver read ${what}: give its service account the roles view-realm, `,
          ),
        ),
      });
    });
  });

  describe('what a policy can name', () => {
    const all = { search: null, limit: 100, cursor: null };
    const pick = (picking: object = {}) => ({ ...all, ...picking });

    it('people, by how their names begin, without the disabled', async () => {
      const { users } = at().pickers();
      const found = async (search: string) => (await users(pick({ search }))).rows.map((row) => row.username);
      expect(await found('d')).toEqual(['chen', 'dita']);
      expect(await found('offic')).toEqual(['amina', 'bao']);
      expect(await found('chen@')).toEqual(['chen']);
      expect(await found('*mina*')).toEqual(['amina']);
      expect(await found('gone')).toEqual([]);
      expect(await found('service-account')).toEqual([]);
      expect((await users(pick({ search: 'boris' }))).rows).toEqual([
        { user_id: 'boris', username: 'boris', name: null, email: null },
      ]);
    });

    it('people, page by page, none twice and none left out', async () => {
      const { users } = at().pickers();
      const seen: string[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await users(pick({ search: 'person-', cursor }));
        expect(page.rows.length).toBeLessThanOrEqual(100);
        seen.push(...page.rows.map((row) => row.username));
        cursor = page.next;
        pages += 1;
      } while (cursor !== null);
      expect(seen).toEqual(ENABLED_CROWD);
      expect(pages).toBe(3);
    });

    it('nothing by the cursor of another search, or by one that was made up', async () => {
      const { users, groups } = at().pickers();
      const { next } = await users(pick({ search: 'person-', limit: 1 }));
      await expect(users(pick({ cursor: next }))).rejects.toThrow(InvalidCursor);
      await expect(groups(pick({ search: 'person-', cursor: next }))).rejects.toThrow(InvalidCursor);
      await expect(users(pick({ cursor: 'MTAw' }))).rejects.toThrow(InvalidCursor);
    });

    it('clients', async () => {
      const { clients } = at().pickers();
      expect((await clients(pick({ search: 'STAFF' }))).rows).toEqual([
        { client: 'registry-staff-portal', name: 'The registry’s own portal' },
      ]);
      const everything = (await clients(all)).rows;
      expect(everything).toContainEqual({ client: 'awe-admin-portal', name: 'AWE portal' });
      expect(everything).toContainEqual({ client: 'realm-management', name: null });
    });

    it('roles of the realm and of a client', async () => {
      const { roles } = at().pickers();
      const pickRoles = (picking: object) => ({ ...all, client: null, ...picking });
      const reviewer = {
        role: 'REVIEWER',
        client: 'registry-staff-portal',
        description: 'Reviews changes in the registry’s own portal.',
      };
      expect((await roles(pickRoles({ client: 'registry-staff-portal' }))).rows).toEqual([reviewer]);
      expect((await roles(pickRoles({ client: 'registry-staff-portal', search: 'view' }))).rows).toEqual([
        reviewer,
      ]);
      expect(await roles(pickRoles({ client: 'nowhere' }))).toEqual({ rows: [], next: null });
      expect((await roles(pickRoles({ search: 'what a registry' }))).rows).toEqual([
        { role: 'OFFICER', client: null, description: 'Looks first at what a registry changes.' },
      ]);
      const first = await roles(pickRoles({ limit: 1 }));
      const second = await roles(pickRoles({ limit: 1, cursor: first.next }));
      expect([first, second].map(({ rows }) => rows[0]?.role)).toEqual(['BOSS', 'BY_GROUP']);
    });

    it('groups: those at the top, or by name at any depth', async () => {
      const { groups } = at().pickers();
      const found = async (search: string | null) => (await groups(pick({ search }))).rows;
      expect(await found(null)).toEqual([
        { group: '/crowd', name: 'crowd' },
        { group: '/directors', name: 'directors' },
        { group: '/districts', name: 'districts' },
        { group: '/x/y', name: 'x/y' },
      ]);
      expect(await found('D2')).toEqual([{ group: '/districts/D2', name: 'D2' }]);
      expect(await found('k/l')).toEqual([{ group: '/x/y/k/l', name: 'k/l' }]);
      expect(await found('nothing like it')).toEqual([]);
    });

    it('nothing where Keycloak does not answer as it should, and says why', async () => {
      const { users } = at().pickers({ client: WEAK });
      await expect(users(all)).rejects.toMatchObject({
        name: 'AweError',
        kind: 'directory_failed',
        message: expect.stringMatching(/does not let weak-resolver read the users: give/),
      });
    });

    it('nothing where no Keycloak is configured', async () => {
      const { groups } = at().pickers({ realm: null });
      await expect(groups(all)).rejects.toMatchObject({
        kind: 'directory_failed',
        message: 'Keycloak is not configured: set keycloak.realm (docs/keycloak.md)',
      });
      expect(await at().ask({ role: 'OFFICER' }, { realm: null })).toEqual({
        ok: false,
        reason: 'Keycloak is not configured: set keycloak.realm (docs/keycloak.md)',
      });
    });
  });
}
