import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { deliver, fakeEvent } from '@awe/client/testing';
import { type EventOf, receiveWebhooks } from '@awe/client/webhooks';

const database = new DatabaseSync(':memory:');
database.exec(`
  create table payment (id text primary key, request_id text, state text not null);
  create table seen_event (id text primary key);
  insert into payment values ('p-1', 'request-1', 'waiting'), ('p-2', null, 'waiting')`);

/** All of it or nothing, and without an `await`: on the one connection, others would get into the transaction. */
function release({ event_id, request_id, artifact_id }: EventOf<'request_approved'>): void {
  database.exec('begin immediate');
  try {
    const payment = database.prepare('select request_id from payment where id = ?').get(artifact_id);
    // It came before the answer to createRequest: throw, and it comes again.
    if (payment?.request_id === null) throw new Error('which request is ours is not known yet');
    const ours = payment?.request_id === request_id;
    const remember = database.prepare('insert into seen_event values (?) on conflict do nothing');
    if (ours && remember.run(event_id).changes === 1)
      database.prepare(`update payment set state = 'released' where id = ?`).run(artifact_id);
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGlzIHRlc3Q=';
const { fetch } = receiveWebhooks({
  secrets: [secret],
  on: { request_approved: release },
  onError: () => {},
});
const stateOf = (id: string) => database.prepare('select state from payment where id = ?').get(id)?.state;
const told = async (artifact_id: string, request_id: string) =>
  (await deliver(fakeEvent('request_approved', { artifact_id, request_id }), fetch, { secret })).status;

test('a request that somebody else started for our payment releases nothing', async () => {
  assert.equal(await told('p-1', 'request-of-mallory'), 200);
  assert.equal(stateOf('p-1'), 'waiting');
});

test('ours releases it', async () => {
  assert.equal(await told('p-1', 'request-1'), 200);
  assert.equal(stateOf('p-1'), 'released');
});

test('one that comes before its request is known comes again', async () => {
  assert.equal(await told('p-2', 'request-2'), 500);
  database.exec(`update payment set request_id = 'request-2' where id = 'p-2'`);
  assert.equal(await told('p-2', 'request-2'), 200);
  assert.equal(stateOf('p-2'), 'released');
});
