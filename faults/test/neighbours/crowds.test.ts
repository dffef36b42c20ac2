import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Counterpart, startCounterpart } from '../../../packages/server/test/service/counterpart.ts';
import { openStand, type Stand } from '../../../packages/server/test/service/stand.ts';
import { policyOf, storyOf, user } from '../../../packages/server/test/service/story.ts';

const CROWD = Array.from({ length: 10_000 }, (_, n) => `u-${n}`);

let stand: Stand;
let story: ReturnType<typeof storyOf>;
let resolver: Counterpart;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  resolver = await startCounterpart({ body: { user_ids: CROWD } });
  const crowd = { rules: [{ rule_type: 'http', rule_value: { url: resolver.url } }] };
  await stand.publish(policyOf('others', [{ rules: [user('olga')] }]));
  await stand.publish(policyOf('all-of-them', [crowd]));
  await stand.publish(policyOf('two-of-them', [{ ...crowd, mode: 'any-n', mode_value: 2 }]));
});
afterAll(async () => {
  await stand.close();
  resolver.close();
});

it('ten thousand people are asked, and any of them can decide while others are served', async () => {
  const [crowded, other] = await Promise.all([story.create('two-of-them'), story.create('others')]);
  expect([crowded.status, other.status]).toEqual([201, 201]);
  expect(new Set(crowded.body.tasks.map((each) => each.assignee))).toEqual(new Set(CROWD));
  const id = crowded.body.request_id;
  const answers = await Promise.all([
    story.decide(id, 'u-0', 'approve'),
    story.decide(other.body.request_id, 'olga', 'approve'),
    story.decide(id, 'u-9999', 'approve'),
  ]);
  expect(answers.map((each) => each.status)).toEqual([201, 201, 201]);
  expect(await story.statusOf(id)).toBe('approved');
  const [left] = await stand.sql(
    `select count(*) filter (where status = 'skipped')::int as skipped,
       count(*) filter (where status = 'completed')::int as completed
     from approval_task where request_id = $1`,
    [id],
  );
  expect(left).toEqual({ skipped: 9_998, completed: 2 });
});

it('one rejection among ten thousand who must all agree ends it', async () => {
  const { body } = await story.create('all-of-them');
  expect((await story.decide(body.request_id, 'u-5000', 'reject')).status).toBe(201);
  expect(await story.statusOf(body.request_id)).toBe('rejected');
});
