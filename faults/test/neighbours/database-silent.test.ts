import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal } from '../../../packages/server/test/service/refusal.ts';
import {
  type Answer,
  admin,
  openStand,
  person,
  type Stand,
} from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';
import { type DatabaseLink, openDatabaseLink } from '../../neighbours/database-link.ts';
import { ledgerFaults } from '../../truth/ledger-faults.ts';
import { addReplica, databaseUrlOf } from './more-replicas.ts';

/** Replica 0 stands beside the dead link, the others behind it. */
const BEHIND = 1;
const DEFAULT_PATIENCE = 2;
const POOL_SIZE = 6;
const IMPATIENT = {
  AWE__DATABASE__POOL_SIZE: String(POOL_SIZE),
  AWE__DATABASE__STATEMENT_TIMEOUT_SECONDS: '0.4',
  AWE__DATABASE__CONNECT_TIMEOUT_SECONDS: '0.4',
};

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let link: DatabaseLink;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
  link = await openDatabaseLink(await databaseUrlOf(stand));
  await addReplica(stand, { databaseUrl: link.url, env: IMPATIENT });
  await addReplica(stand, { databaseUrl: link.url });
});
afterAll(async () => {
  await link.close();
  await stand.close();
});

const behind = (method: string, path: string, body?: object) =>
  stand.call(admin, method, path, body, { replica: BEHIND });
const health = (replica: number) => stand.call(null, 'GET', '/health', undefined, { replica });
const create = () =>
  behind('POST', '/requests', { policy_key: 'simple', artifact_type: 't', artifact_id: 'a' });
const READS = ['/tasks?assignee=*', '/requests', '/policies', '/admin/deliveries'];

/** Asks again for as long as the answer is an honest 503; the number of those is what the way back cost. */
async function untilServed(ask: () => Promise<Answer>): Promise<number> {
  for (let refused = 0; ; refused += 1) {
    const answer = await ask();
    if (answer.status < 300) return refused;
    expectRefusal(answer, 503, 'AWE-006');
  }
}

describe('a way to the database that goes silent', () => {
  it('is answered 503 on every call, by the probe too, and comes back without a restart', async () => {
    const { body } = await story.create('simple');
    const [task] = body.tasks;
    const decide = (replica: number) =>
      stand.call(person('alice'), 'POST', `/tasks/${task?.id}/decision`, { action: 'approve' }, { replica });
    for (const path of READS) expect((await behind('GET', path)).status).toBe(200);
    expect((await create()).status).toBe(201);

    link.goSilent();
    const asked = [
      create,
      ...READS.map((path) => () => behind('GET', path)),
      () => decide(BEHIND),
      () => health(BEHIND),
    ];
    for (const answer of await Promise.all(asked.map((ask) => ask()))) expectRefusal(answer, 503, 'AWE-006');
    // Who stands elsewhere goes on.
    expect((await health(0)).status).toBe(200);

    link.comeBack();
    // Each connection that was idle when the way went dead may cost one call.
    for (const ask of [() => health(BEHIND), create, ...READS.map((path) => () => behind('GET', path))]) {
      expect(await untilServed(ask)).toBeLessThanOrEqual(POOL_SIZE);
    }
    expect((await decide(0)).status).toBe(201);
    expect(await ledgerFaults(stand.sql)).toEqual([]);
  });

  it('is told by the probe, and so is the way back, long before a statement would time out', async () => {
    expect((await health(DEFAULT_PATIENCE)).status).toBe(200);
    link.goSilent();
    expectRefusal(await health(DEFAULT_PATIENCE), 503, 'AWE-006', /database does not answer/);
    link.comeBack();
    await untilServed(() => health(DEFAULT_PATIENCE));
    // A statement may take 30 s by default, and 10 s more until it is given up.
  }, 20_000);
});

it('many who wait for one request behind a silent database are answered together', async () => {
  const { body } = await story.create('simple');
  const [task] = body.tasks;
  await behind('GET', '/tasks');
  await untilServed(create);
  link.goSilent();
  const claim = () => behind('POST', `/tasks/${task?.id}/claim`);
  const answers = await Promise.all(Array.from({ length: 100 }, claim));
  for (const answer of answers) expectRefusal(answer, 503, 'AWE-006');
  link.comeBack();
  await untilServed(claim);
  expect((await story.taskOf(body.request_id, 'alice')).status).toBe('claimed');
});

it('a silent way does not keep a replica from stopping, though it never says goodbye', async () => {
  const replica = await addReplica(stand, { databaseUrl: link.url, env: IMPATIENT });
  await untilServed(() => health(replica));
  link.goSilent();
  await stand.services.pop()?.stop();
  link.comeBack();
}, 15_000);
