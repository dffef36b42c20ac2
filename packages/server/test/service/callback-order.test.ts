import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../../demo/receiver.ts';
import { caller, openStand, person, SECRET, type Stand } from './stand.ts';
import { type Created, policyOf, type Task, user } from './story.ts';

const REQUESTS = 40;

let stand: Stand;
let receiver: Receiver;
const arrived = new Map<string, number[]>();

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  receiver = await startReceiver(SECRET, ({ request_id, sequence }) => {
    arrived.set(request_id, [...(arrived.get(request_id) ?? []), sequence]);
  });
  await stand.publish(policyOf('two', [{ rules: [user('alice')] }, { rules: [user('bob')] }]));
});
afterAll(async () => {
  receiver.close();
  await stand.close();
});

/** Creates on one replica and decides on the ones that `replicas` names. */
async function flow(replicas: [number, number, number]): Promise<string> {
  const body = { policy_key: 'two', artifact_type: 't', artifact_id: 'a', callback_url: receiver.url };
  const created = await stand.call<Created>(caller, 'POST', '/requests', body, { replica: replicas[0] });
  const { request_id } = created.body;
  for (const [step, who] of ['alice', 'bob'].entries()) {
    const replica = replicas[step + 1] ?? 0;
    const path = `/tasks?request_id=${request_id}&status=open`;
    const [task] = (await stand.call<Task[]>(person(who), 'GET', path)).body;
    const decided = await stand.call(
      person(who),
      'POST',
      `/tasks/${task?.id}/decision`,
      { action: 'approve' },
      { replica },
    );
    expect(decided.status).toBe(201);
  }
  return request_id;
}

it('first attempts of one request arrive in sequence, each once, whichever replica commits', async () => {
  const ids = await Promise.all(
    Array.from({ length: REQUESTS }, (_, n) => flow([n & 1, (n >> 1) & 1, (n >> 2) & 1])),
  );
  for (const id of ids) {
    await receiver.expect((each) => each.request_id === id && each.event_type === 'request_approved');
    expect(arrived.get(id)).toEqual([1, 2, 4, 5, 7, 8]);
  }
});
