import assert from 'node:assert/strict';
import test from 'node:test';
import { deliver, fakeEvent, playStory } from '@awe/client/testing';
import { memoryDedup, receiveWebhooks } from '@awe/client/webhooks';

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGlzIHRlc3Q=';
const applied: string[] = [];
const receive = receiveWebhooks({
  secrets: [secret],
  on: { request_approved: (event) => applied.push(event.artifact_id) },
  dedup: memoryDedup(),
});

test('an approved change is applied once, however often we are told', async () => {
  const [last] = (await playStory(receive.fetch, { secret, story: { artifact_id: 'cr-1' } })).slice(-1);
  if (last) await deliver(last, receive.fetch, { secret });
  assert.deepEqual(applied, ['cr-1']);
});

test('nobody else can have a change applied', async () => {
  const forged = fakeEvent('request_approved', { artifact_id: 'cr-2' });
  const answer = await deliver(forged, receive.fetch, { secret: 'whsec_Z3Vlc3NlZA==' });
  assert.equal(answer.status, 401);
  assert.deepEqual(applied, ['cr-1']);
});
