import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, openStand, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

const DAY = 24;

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  await stand.publish(policyOf('simple', [{ rules: [user('alice')] }]));
});
afterAll(() => stand.close());

it('a delivered webhook is forgotten 90 days after it arrived; one that did not arrive is not', async () => {
  const created = await story.create('simple', { callback_url: stand.receiver.url });
  const id = created.body.request_id;
  const pending = "select from webhook_delivery where request_id = $1 and status = 'pending'";
  while ((await stand.sql(pending, [id])).length > 0);
  await stand.sql(
    "update webhook_delivery set status = 'exhausted' where request_id = $1 and event_type = 'stage_started'",
    [id],
  );
  const listed = async () => {
    const { status, body } = await stand.call<{ event_type: string }[]>(
      admin,
      'GET',
      `/admin/deliveries?request_id=${id}`,
    );
    expect(status).toBe(200);
    return body.map(({ event_type }) => event_type);
  };
  stand.clock.advance(89 * DAY);
  expect(await stand.services[0]?.runRetention()).toBe(0);
  expect(await listed()).toEqual(['stage_started', 'request_created']);
  stand.clock.advance(2 * DAY);
  expect(await stand.services[0]?.runRetention()).toBe(1);
  expect(await listed()).toEqual(['stage_started']);
  expect(await story.eventTypes(id)).toEqual(['request_created', 'stage_started']);
});
