import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { admin, caller, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, user } from '../../../packages/server/test/service/story.ts';
import { openTwoProcesses } from '../../two-processes.ts';
import { expectWinners, expectWonOrLate, movesOn, statusesOf } from './moves.ts';
import { atOnce, counted, type Move, PATIENCE, race } from './race.ts';

let stand: Stand;
let keys = 0;
const { outcomeOf } = movesOn(() => stand);

beforeAll(async () => {
  stand = await counted(openTwoProcesses());
});
afterAll(() => stand.close());

/** A policy of its own for this round, its first version active and one more drafted for each further one. */
async function published(versions: number) {
  keys += 1;
  const policy = policyOf(`round-${keys}`, [{ rules: [user('alice')] }]);
  await stand.publish(policy);
  for (let version = 2; version <= versions; version += 1)
    expect((await stand.call(admin, 'PUT', `/policies/${policy.policy_key}`, policy)).status).toBe(201);
  return policy;
}
const onVersion =
  (method: string, key: string, version: number, verb = '', body?: unknown): Move =>
  (replica) =>
    stand.call(admin, method, `/policies/${key}/versions/${version}${verb}`, body, { replica });
const create =
  (policy_key: string): Move =>
  (replica) => {
    const body = { policy_key, artifact_type: 't', artifact_id: 'a', callback_url: stand.receiver.url };
    return stand.call(caller, 'POST', '/requests', body, { replica });
  };
const versionsOf = (key: string, status: string) =>
  stand.sql<{ version: number }>(
    'select version from approval_policy where policy_key = $1 and status = $2 order by version',
    [key, status],
  );

describe('two processes that publish', PATIENCE, () => {
  it('activate one of several versions, and create under one that was active', async () => {
    await race(5, 6, async (pauses) => {
      const { policy_key } = await published(4);
      const answers = await atOnce(pauses, [
        ...[2, 3, 4, 1].map((version) => onVersion('POST', policy_key, version, '/activate')),
        create(policy_key),
        create(policy_key),
      ]);
      expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 201, 201]);
      expect(await versionsOf(policy_key, 'active')).toHaveLength(1);
      expect(await versionsOf(policy_key, 'archived')).toHaveLength(3);
      for (const { body } of answers.slice(4)) await outcomeOf({ id: String(body.request_id) });
    });
  });

  it('create under the version that was active, or say that none is', async () => {
    await race(5, 3, async (pauses) => {
      const { policy_key } = await published(1);
      const [gone, ...created] = await atOnce(pauses, [
        onVersion('POST', policy_key, 1, '/deactivate'),
        create(policy_key),
        create(policy_key),
      ]);
      expect(gone?.status).toBe(200);
      for (const answer of created) {
        if (answer.status === 201) await outcomeOf({ id: String(answer.body.request_id) });
        else expectRefusal(answer, 404, 'AWE-001', /no active version/);
      }
      expectRefusal(await create(policy_key)(1), 404, 'AWE-001', /no active version/);
    });
  });

  it('deactivate a version once', async () => {
    await race(5, 4, async (pauses) => {
      const { policy_key } = await published(1);
      const moves = Array.from({ length: 4 }, () => onVersion('POST', policy_key, 1, '/deactivate'));
      expectWinners(await atOnce(pauses, moves), 1);
      expect(await versionsOf(policy_key, 'archived')).toEqual([{ version: 1 }]);
    });
  });

  it('replace a draft before it is activated, or not at all', async () => {
    await race(5, 2, async (pauses) => {
      const policy = await published(2);
      const { policy_key } = policy;
      const [replaced, activated] = await atOnce(pauses, [
        onVersion('PATCH', policy_key, 2, '', { ...policy, name: 'Replaced' }),
        onVersion('POST', policy_key, 2, '/activate'),
      ]);
      expect(activated?.status).toBe(200);
      expectWonOrLate(replaced);
      const now = await onVersion('GET', policy_key, 2)(0);
      expect(now.body).toEqual(activated?.body);
      expect(now.body.name).toBe(replaced?.status === 200 ? 'Replaced' : policy.name);
    });
  });

  it('number the drafts of a key one after the other', async () => {
    await race(5, 4, async (pauses) => {
      const policy = await published(1);
      const path = `/policies/${policy.policy_key}`;
      const draft: Move = (replica) => stand.call(admin, 'PUT', path, policy, { replica });
      const answers = await atOnce(pauses, [draft, draft, draft, draft]);
      expect(statusesOf(answers)).toEqual([201, 201, 201, 201]);
      expect(answers.map((each) => each.body.version).sort()).toEqual([2, 3, 4, 5]);
    });
  });

  it('take a key once', async () => {
    await race(5, 4, async (pauses) => {
      keys += 1;
      const policy = policyOf(`taken-${keys}`, [{ rules: [user('alice')] }]);
      const take: Move = (replica) => stand.call(admin, 'POST', '/policies', policy, { replica });
      const answers = await atOnce(pauses, [take, take, take, take]);
      const late = answers.filter((each) => each.status !== 201);
      expect(late).toHaveLength(3);
      for (const each of late) expectRefusal(each, 409, 'AWE-002');
      expect(await versionsOf(policy.policy_key, 'draft')).toEqual([{ version: 1 }]);
    });
  });
});
