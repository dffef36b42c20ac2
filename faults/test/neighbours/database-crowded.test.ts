import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import { admin, openStand, person, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { addReplica, databaseUrlOf } from './more-replicas.ts';

/** An ordinary role, which PostgreSQL refuses when its connections are taken; a superuser always gets in. */
const ROLE = `awe_crowded_${process.pid}`;
let stand: Stand;
let crowded: number;

beforeAll(async () => {
  stand = await openStand();
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  await stand.sql(`create role ${ROLE} login password 'crowded'`);
  await stand.sql(`grant all on all tables in schema public to ${ROLE}`);
  const url = new URL(await databaseUrlOf(stand));
  url.username = ROLE;
  url.password = 'crowded';
  crowded = await addReplica(stand, { databaseUrl: url.href });
});
afterAll(async () => {
  await stand.services.pop()?.stop();
  await stand.sql(`drop owned by ${ROLE}`);
  await stand.sql(`drop role ${ROLE}`);
  await stand.close();
});

it('no connection left: 503 on every call and from the probe, and everything works once there is one', async () => {
  const call = (method: string, path: string, body?: object) =>
    stand.call(admin, method, path, body, { replica: crowded });
  const { body } = await storyOf(stand).create('simple');
  const asked = [
    () => call('GET', '/health'),
    () => call('GET', '/tasks'),
    () => call('POST', '/requests', { policy_key: 'simple', artifact_type: 't', artifact_id: 'a' }),
    () =>
      stand.call(
        person('alice'),
        'POST',
        `/tasks/${body.tasks[0]?.id}/decision`,
        { action: 'approve' },
        {
          replica: crowded,
        },
      ),
  ];
  await stand.sql(`alter role ${ROLE} connection limit 0`);
  await stand.sql(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = $1`, [ROLE]);
  for (const ask of asked) expectRefusal(await ask(), 503, 'AWE-006');
  // Many at once are refused, too, and none of them waits.
  const crowd = await Promise.all(Array.from({ length: 100 }, () => call('GET', '/requests')));
  for (const answer of crowd) expectRefusal(answer, 503, 'AWE-006');
  await stand.sql(`alter role ${ROLE} connection limit -1`);
  const statuses = [];
  for (const ask of asked) statuses.push((await ask()).status);
  expect(statuses).toEqual([200, 200, 201, 201]);
});
