import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFaultsAt, expectRefusal } from '../service/refusal.ts';
import { type Answer, admin, caller, openStand, person, type Stand } from '../service/stand.ts';
import { policyOf, storyOf } from '../service/story.ts';
import { type KeycloakDouble, startKeycloakDouble } from './keycloak-double.ts';
import { ENABLED_CROWD, RESOLVER, sampleRealm } from './sample-realm.ts';

const viewer = { sub: 'vera', roles: ['AWE_VIEWER'] };

describe('a service with a Keycloak', () => {
  let double: KeycloakDouble;
  let stand: Stand;
  beforeAll(async () => {
    double = await startKeycloakDouble(sampleRealm());
    stand = await openStand({
      env: {
        AWE__KEYCLOAK__BASE_URL: double.url,
        AWE__KEYCLOAK__REALM: 'awe',
        AWE__KEYCLOAK__ADMIN_CLIENT_ID: RESOLVER.id,
        AWE__KEYCLOAK__ADMIN_CLIENT_SECRET: RESOLVER.secret,
      },
    });
    const officers = { rule_type: 'role', rule_value: { role: 'OFFICER' } };
    await stand.publish(
      policyOf('officers', [{ rules: [officers] }, { rules: [officers], escalation_rules: [officers] }]),
    );
  });
  afterAll(async () => {
    await stand.close();
    await double.stop();
  });

  it('asks it when a request is made, each question once, and again for the next request', async () => {
    const { create } = storyOf(stand);
    const asked = () => double.calls.filter((call) => call.includes('/roles/OFFICER/users?first=0')).length;
    const created = await create('officers');
    const picked = await stand.call<{ user_id: string }[]>(
      viewer,
      'GET',
      '/admin/keycloak/users?search=officer',
    );
    const officers = picked.body.map((row) => row.user_id);
    expect([created.status, officers.length]).toEqual([201, 2]);
    expect(created.body.tasks.map((task) => task.assignee)).toEqual(officers);
    expect(asked()).toBe(1);
    await create('officers');
    expect(asked()).toBe(2);
  });

  it('writes nothing when it does not answer', async () => {
    const { create } = storyOf(stand);
    const requests = () => stand.sql('select id from approval_request');
    const before = await requests();
    double.misbehaviour = () => ({ status: 500, body: {} });
    expectRefusal(await create('officers'), 503, 'AWE-007', /Keycloak at .* answered 500/);
    expectRefusal(
      await stand.call(viewer, 'GET', '/admin/keycloak/groups'),
      503,
      'AWE-011',
      /^Keycloak at .* answered 500/,
    );
    double.misbehaviour = () => null;
    expect(await requests()).toEqual(before);
  });

  it('lets viewers and administrators pick from it', async () => {
    for (const user of [viewer, admin]) {
      const groups = await stand.call<unknown>(user, 'GET', '/admin/keycloak/groups?search=d1');
      expect([groups.status, groups.body]).toEqual([200, [{ group: '/districts/D1', name: 'D1' }]]);
    }
    for (const what of ['users', 'clients', 'roles', 'groups']) {
      const path = `/admin/keycloak/${what}`;
      expectRefusal(await stand.call(person('amina'), 'GET', path), 403, 'AWE-008', /AWE_VIEWER/);
      expectRefusal(await stand.call(null, 'GET', path), 401, 'AWE-008');
      expectFaultsAt(await stand.call(viewer, 'GET', `${path}?limit=0`), [['query', 'limit']]);
      expectFaultsAt(await stand.call(viewer, 'GET', `${path}?cursor=MTAw`), [['query', 'cursor']]);
    }
    const roles = await stand.call<{ role: string }[]>(
      viewer,
      'GET',
      '/admin/keycloak/roles?client=registry-staff-portal',
    );
    expect(roles.body.map((row) => row.role)).toEqual(['REVIEWER']);
    const clients = await stand.call<{ client: string }[]>(
      viewer,
      'GET',
      '/admin/keycloak/clients?search=staff',
    );
    expect(clients.body.map((row) => row.client)).toEqual(['registry-staff-portal']);
  });

  it('leads through the pages by its links', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/admin/keycloak/users?search=person-&limit=130';
    for (let pages = 1; path; pages += 1) {
      const page: Answer<{ username: string }[]> = await stand.call(viewer, 'GET', path);
      seen.push(...page.body.map((row) => row.username));
      path = /^<\/v1\/awe(\S+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      expect(pages).toBeLessThanOrEqual(3);
    }
    expect(seen).toEqual(ENABLED_CROWD);
  });

  it('never shows the secret', async () => {
    const { text } = await stand.call(null, 'GET', '/config');
    expect(text).toContain(double.url);
    expect(text).not.toContain(RESOLVER.secret);
  });
});

describe('a service without a Keycloak', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await openStand();
  });
  afterAll(() => stand.close());

  it('says so where people pick, and where a role is to be resolved', async () => {
    const missing =
      /Keycloak is not configured: set keycloak\.base_url, keycloak\.realm, keycloak\.admin_client_id, keycloak\.admin_client_secret \(docs\/keycloak\.md\)/;
    for (const what of ['users', 'clients', 'roles', 'groups']) {
      expectRefusal(await stand.call(viewer, 'GET', `/admin/keycloak/${what}`), 503, 'AWE-011', missing);
    }
    await stand.publish(
      policyOf('officers', [{ rules: [{ rule_type: 'role', rule_value: { role: 'OFFICER' } }] }]),
    );
    const refused = await stand.call(caller, 'POST', '/requests', {
      policy_key: 'officers',
      artifact_type: 'a',
      artifact_id: 'b',
      context: {},
    });
    expectRefusal(refused, 503, 'AWE-007', missing);
  });
});
