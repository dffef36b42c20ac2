import { createClient } from '@awe/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenOf } from '../../../server/demo/caller.ts';
import { type KeycloakDouble, startKeycloakDouble } from '../../../server/test/directory/keycloak-double.ts';
import { RESOLVER, sampleRealm } from '../../../server/test/directory/sample-realm.ts';
import { admin, openStand, type Stand } from '../../../server/test/service/stand.ts';
import type { Outcome } from '../../src/policies/planning/apply.ts';
import type { PolicyPlan } from '../../src/policies/planning/plan.ts';
import { loadPolicies } from '../../src/policies/policy-files.ts';
import { type PolicyService, policyService } from '../../src/policies/policy-service.ts';
import { readFixtures } from '../../src/policies/simulating/fixture.ts';
import { mergeDirectories } from '../../src/policies/simulating/people.ts';
import { simulateOffline } from '../../src/policies/simulating/simulate-offline.ts';
import { aweOn, runAwe } from '../run-awe.ts';
import { answeringAs } from './fixture-realm.ts';

const ROOT = new URL('../../../../', import.meta.url).pathname;
const EXAMPLES = ['-f', 'examples/policies'];

const { policies, faults, fixtures } = await loadPolicies(['examples/policies'], ROOT);
const cases = fixtures.flatMap((file) => {
  const read = readFixtures(file);
  return read.fixtures.flatMap((fixture) =>
    fixture.cases.map((each) => {
      const policy = policies.find(({ file: name }) => fixture.policy.endsWith(name));
      if (policy === undefined) throw new Error(`${fixture.file} is beside no policy`);
      const directory = mergeDirectories(fixture.directory, each.directory);
      return { ...each, directory, policy };
    }),
  );
});

describe('the example policies', () => {
  it('are eight, without a fault or a warning, each with a fixture', async () => {
    expect(faults).toEqual([]);
    expect(policies.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(policies).toHaveLength(8);
    expect(new Set(cases.map(({ policy }) => policy.file)).size).toBe(8);
    const linted = await runAwe(['policy', 'lint', '--strict', ...EXAMPLES], { cwd: ROOT });
    expect(linted).toEqual({ code: 0, stdout: '8 policies, no warning.\n', stderr: '' });
  });

  it('come out as their fixtures say, without a service', async () => {
    const tested = await runAwe(['policy', 'test', ...EXAMPLES], { cwd: ROOT });
    expect([tested.code, tested.stderr]).toEqual([0, '']);
    expect(tested.stdout).toContain(`${cases.length} cases passed, 0 failed.`);
  });
});

describe('the example policies on a service', () => {
  let stand: Stand;
  let double: KeycloakDouble;
  let ada: ReturnType<typeof aweOn>;
  let service: PolicyService;

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
    const baseUrl = stand.services[0]?.url ?? '';
    ada = aweOn(baseUrl, 'ada:AWE_ADMIN', { cwd: ROOT });
    service = policyService(createClient({ baseUrl, token: tokenOf(admin) }));
  });
  afterAll(async () => {
    await stand.close();
    await double.stop();
  });

  it('are created and activated, and the second time nothing changes', async () => {
    const first = await ada.json<{ policies: Outcome[] }>('policy', 'apply', ...EXAMPLES, '--activate');
    expect(first.policies.map(({ result, version, active }) => [result, version, active])).toEqual(
      policies.map(() => ['created', 1, true]),
    );
    const before = await stand.sql('select * from approval_policy order by id');
    const second = await ada.awe(['policy', 'apply', ...EXAMPLES, '--activate']);
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect(second.stdout).toContain('Nothing to do: the service has what the files say.');
    expect(second.stdout).toMatch(/Nothing changed\.\n$/);
    expect(await stand.sql('select * from approval_policy order by id')).toEqual(before);
    const plan = await ada.json<{ changes: boolean; policies: PolicyPlan[] }>('policy', 'diff', ...EXAMPLES);
    expect([plan.changes, new Set(plan.policies.map(({ action }) => action))]).toEqual([
      false,
      new Set(['nothing']),
    ]);
  });

  it.each(cases.map((each) => [`${each.policy.definition.policy_key}: ${each.name}`, each] as const))(
    'ask there whom they ask offline: %s',
    async (_, { policy, context, requester, directory }) => {
      double.misbehaviour = answeringAs(directory);
      const delegations = await Promise.all(
        Object.entries(directory.delegations ?? {}).map(([user, delegate]) => standIn(stand, user, delegate)),
      );
      try {
        const offline = simulateOffline(policy.definition, { context, requester, directory });
        const sample = { context, requester };
        const there = await service.simulate(policy.definition.policy_key, 1, sample);
        expect({ ok: true, stages: there.stages }).toEqual(offline);
      } finally {
        await Promise.all(delegations.map((id) => stand.call(admin, 'DELETE', `/delegations/${id}`)));
      }
    },
  );
});

/** Has `delegate_to` stand in for `user_id` at this moment of the played clock; resolves with the id. */
async function standIn(stand: Stand, user_id: string, delegate_to: string): Promise<string> {
  const at = (hours: number) => new Date(Date.parse(stand.clock.now()) + hours * 3_600_000).toISOString();
  const body = { user_id, delegate_to, starts_at: at(-1), ends_at: at(1) };
  const created = await stand.call<{ id: string }>(admin, 'POST', '/delegations', body);
  expect(created.status).toBe(201);
  return created.body.id;
}
