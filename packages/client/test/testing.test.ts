import { fakeEvent, fakeStory, playStory } from '@awe/client/testing';
import type { WebhookEvent } from '@awe/client/webhooks';
import { WebhookEvent as WebhookSchema } from '@awe/contract/webhook-event';
import { WEBHOOK_EVENT_TYPES } from '@awe/engine/event';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, openStand, type Stand } from '../../server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../server/test/service/story.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await openStand();
  const steps = [{ rules: [user('olga')], sla_hours: 1 }, { rules: [user('dora')] }];
  await stand.publish(policyOf('two-steps', steps));
});
afterAll(() => stand.close());

const ajv = new Ajv({ strict: false });
formats.default(ajv);
const fits = ajv.compile(WebhookSchema);

describe('a fake event', () => {
  it.each(WEBHOOK_EVENT_TYPES)('%s has the shape of the contract', (type) => {
    const event = fakeEvent(type);
    expect(fits(event), JSON.stringify(fits.errors)).toBe(true);
    expect(event.event_type).toBe(type);
  });

  it('says what the test says, also in its data', () => {
    const event = fakeEvent('request_rejected', {
      artifact_id: 'cr-7',
      stage_order: 2,
      data: { reason: 'sla_breached' },
    });
    expect(event).toMatchObject({ artifact_id: 'cr-7', stage_order: 2, status: 'rejected' });
    expect(event.data).toMatchObject({ artifact_id: 'cr-7', stage_order: 2, reason: 'sla_breached' });
  });

  it('has an id of its own', () => {
    expect(fakeEvent('request_created').event_id).not.toBe(fakeEvent('request_created').event_id);
  });
});

describe('a fake story', () => {
  it.each(['approved', 'rejected', 'cancelled'] as const)(
    'that ends %s is told as the service tells it',
    async (outcome) => {
      const fake = fakeStory({ stages: ['Stage 1', 'Stage 2'], outcome });
      expect(fake.map(shapeOf)).toEqual((await realStory(outcome)).map(shapeOf));
      expect(new Set(fake.map(({ request_id }) => request_id)).size).toBe(1);
    },
  );

  it('ends when the receiver does not take an event', async () => {
    const busy = () => new Response('not now', { status: 503 });
    await expect(playStory(busy, { secret: 's' })).rejects.toThrow(
      new Error('The receiver answered 503 to request_created: not now'),
    );
  });
});

describe('an expired task', () => {
  it('is told as the service tells it', async () => {
    const real = (await realStory('expired')).find(({ event_type }) => event_type === 'task_expired');
    expect(Object.keys(real?.data ?? {}).sort()).toEqual(Object.keys(fakeEvent('task_expired').data).sort());
  });
});

/** What must not differ between a fake and the real thing: everything but ids, names and times. */
function shapeOf({ event_type, status, stage_order, sequence, data, ...others }: WebhookEvent) {
  const outcome = 'outcome' in data ? data.outcome : null;
  const reason = 'reason' in data && event_type !== 'request_cancelled' ? data.reason : null;
  return {
    event_type,
    status,
    stage_order,
    sequence,
    outcome,
    reason,
    fields: [Object.keys(others).sort(), Object.keys(data).sort()],
  };
}

/** The webhooks of a real request with two stages. */
async function realStory(
  outcome: 'approved' | 'rejected' | 'cancelled' | 'expired',
): Promise<WebhookEvent[]> {
  const { create, decide, timeline } = storyOf(stand);
  const { body } = await create('two-steps', { callback_url: stand.receiver.url, requester: 'u-clerk' });
  const id = body.request_id;
  if (outcome === 'expired') await stand.hoursPass(2);
  else await decide(id, 'olga', 'approve');
  if (outcome === 'cancelled')
    await stand.call(admin, 'POST', `/requests/${id}/cancel`, { reason: 'withdrawn' });
  if (outcome === 'approved') await decide(id, 'dora', 'approve');
  if (outcome === 'rejected') await decide(id, 'dora', 'reject');
  const sent = (await timeline(id)).filter(({ event_type }) =>
    WEBHOOK_EVENT_TYPES.some((type) => type === event_type),
  );
  const webhooks = sent.map((event) => stand.receiver.expect(({ event_id }) => event_id === event.id));
  return (await Promise.all(webhooks)).map(({ raw }) => JSON.parse(raw.body));
}
