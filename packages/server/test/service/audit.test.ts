import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, admin, caller, openStand, person, type Stand } from './stand.ts';
import { policyOf, storyOf, user } from './story.ts';

const viewer = { sub: 'vera', roles: ['AWE_VIEWER'] };

type Row = {
  id: string;
  sequence: number;
  occurred_at: string;
  actor: string;
  actor_email: string | null;
  action: string;
  resource_type: string;
  resource_id: string;
  summary: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  metadata: Record<string, unknown>;
};

let stand: Stand;
let story: ReturnType<typeof storyOf>;

beforeAll(async () => {
  stand = await openStand();
  story = storyOf(stand);
  await stand.publish(policyOf('audited', [{ rules: [user('alice'), user('bob')] }]));
});
afterAll(() => stand.close());

const read = (query = '') => stand.call<Row[]>(viewer, 'GET', `/admin/audit${query}`);
const newest = async (): Promise<Row | undefined> => (await read('?limit=1')).body[0];
/** Does something and expects exactly one new row, which it returns. */
async function rowOf(deed: () => Promise<Answer<unknown>>, status: number): Promise<Row> {
  const before = (await newest())?.sequence ?? 0;
  const answer = await deed();
  expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
  const row = await newest();
  if (row?.sequence !== before + 1) throw new Error('there is not exactly one new row');
  return row;
}
/** Does something and expects no new row. */
async function noRowOf(deed: () => Promise<Answer<unknown>>, status: number): Promise<void> {
  const before = await newest();
  expect((await deed()).status).toBe(status);
  expect(await newest()).toEqual(before);
}
const start = async () => (await story.create('audited', { callback_url: stand.receiver.url })).body;

describe('a row tells of', () => {
  const draft = policyOf('drafted', [{ rules: [user('alice')] }]);
  const change = { ...draft, name: 'Changed' };

  it('each step of a policy, as it was and as it is', async () => {
    const created = await rowOf(() => stand.call(admin, 'POST', '/policies', draft), 201);
    expect(created).toMatchObject({
      actor: 'ada',
      actor_email: null,
      action: 'policy.create',
      resource_type: 'policy',
      resource_id: 'drafted',
      summary: 'Created version 1 of the policy "drafted"',
      before: null,
      after: { name: 'drafted', version: 1, status: 'draft' },
      metadata: { version: 1 },
    });
    const added = await rowOf(() => stand.call(admin, 'PUT', '/policies/drafted', draft), 201);
    expect(added).toMatchObject({ action: 'policy.add_version', before: null, after: { version: 2 } });
    const edited = await rowOf(() => stand.call(admin, 'PATCH', '/policies/drafted/versions/2', change), 200);
    expect(edited).toMatchObject({
      action: 'policy.update',
      before: { name: 'drafted' },
      after: { name: 'Changed' },
    });
    const step = (version: number, verb: string) => () =>
      stand.call(admin, 'POST', `/policies/drafted/versions/${version}/${verb}`);
    await rowOf(step(1, 'activate'), 200);
    const activated = await rowOf(step(2, 'activate'), 200);
    expect(activated).toMatchObject({
      action: 'policy.activate',
      before: { version: 2, status: 'draft' },
      after: { version: 2, status: 'active' },
      metadata: { version: 2, archived_version: 1 },
    });
    await noRowOf(step(2, 'activate'), 200);
    expect(await rowOf(step(2, 'deactivate'), 200)).toMatchObject({
      action: 'policy.deactivate',
      before: { status: 'active' },
      after: { status: 'archived' },
    });
    await noRowOf(step(2, 'deactivate'), 409);
    await noRowOf(() => stand.call(admin, 'POST', '/policies', draft), 409);
  });

  it('a cancellation, with its reason and without the context', async () => {
    const { request_id } = await start();
    const cancel = () =>
      stand.call(admin, 'POST', `/requests/${request_id}/cancel`, { reason: 'withdrawn', actor: 'u-clerk' });
    const row = await rowOf(cancel, 200);
    expect(row).toMatchObject({
      action: 'request.cancel',
      resource_type: 'request',
      resource_id: request_id,
      before: { status: 'in_review' },
      after: { status: 'cancelled' },
      metadata: { reason: 'withdrawn', requested_by: 'u-clerk' },
    });
    expect(row.after).not.toHaveProperty('context');
    await noRowOf(cancel, 409);
  });

  it('a reassignment, and of a decision on behalf, but of nobody who decides for themselves', async () => {
    const { request_id, tasks } = await start();
    const [first, second] = tasks;
    const reassign = () =>
      stand.call(admin, 'POST', `/tasks/${first?.id}/reassign`, { new_assignee: 'carl', reason: 'away' });
    expect(await rowOf(reassign, 200)).toMatchObject({
      action: 'task.reassign',
      resource_type: 'task',
      resource_id: first?.id,
      summary: `Reassigned the task of ${first?.assignee} to carl`,
      before: { status: 'open' },
      after: { status: 'reassigned', reassigned_to: { assignee: 'carl' } },
      metadata: { request_id, reason: 'away' },
    });
    const decide = (by: Parameters<typeof stand.call>[0]) => () =>
      stand.call(by, 'POST', `/tasks/${second?.id}/decision`, { action: 'approve', comment: 'by phone' });
    await noRowOf(decide(person('mallory')), 403);
    expect(await rowOf(decide(admin), 201)).toMatchObject({
      action: 'task.decide_on_behalf',
      resource_id: second?.id,
      after: { status: 'completed' },
      metadata: { request_id, action: 'approve', on_behalf_of: second?.assignee, comment: 'by phone' },
    });
    const { id } = await story.taskOf(request_id, 'carl');
    await noRowOf(
      () => stand.call(person('carl'), 'POST', `/tasks/${id}/decision`, { action: 'approve' }),
      201,
    );
  });

  it('delegations', async () => {
    const window = {
      user_id: 'dora',
      delegate_to: 'emil',
      starts_at: '2026-05-01T00:00:00Z',
      ends_at: '2026-05-02T00:00:00Z',
    };
    const made = await rowOf(() => stand.call(admin, 'POST', '/delegations', window), 201);
    expect(made).toMatchObject({ action: 'delegation.create', before: null, after: { user_id: 'dora' } });
    const path = `/delegations/${made.resource_id}`;
    expect(await rowOf(() => stand.call(admin, 'DELETE', path), 204)).toMatchObject({
      action: 'delegation.delete',
      before: { user_id: 'dora' },
      after: null,
    });
    await noRowOf(() => stand.call(admin, 'DELETE', path), 404);
    await noRowOf(() => stand.call(admin, 'POST', '/delegations', { ...window, delegate_to: 'dora' }), 400);
  });

  it('a delivery that is retried', async () => {
    const { request_id } = await start();
    const [delivery] = await stand.sql<{ id: string }>(
      `update webhook_delivery set status = 'exhausted', next_attempt_at = null
       where id = (select id from webhook_delivery where request_id = $1 limit 1) returning id`,
      [request_id],
    );
    const retry = () => stand.call(admin, 'POST', `/admin/deliveries/${delivery?.id}/retry`);
    expect(await rowOf(retry, 200)).toMatchObject({
      action: 'delivery.retry',
      resource_id: delivery?.id,
      before: { status: 'exhausted' },
      metadata: { request_id },
    });
  });
});

describe('the log', () => {
  it('names the e-mail address that the token carries', async () => {
    const writer = { sub: 'eve', roles: ['AWE_ADMIN'], email: 'eve@registry.example' };
    const row = await rowOf(
      () => stand.call(writer, 'POST', '/policies', policyOf('by-eve', [{ rules: [user('alice')] }])),
      201,
    );
    expect(row).toMatchObject({ actor: 'eve', actor_email: 'eve@registry.example' });
  });

  it('is filtered by everything together', async () => {
    const all = (await read('?limit=1000')).body;
    const policies = (await read('?action=policy.create&actor=ada&resource_type=policy&limit=1000')).body;
    expect(policies).toEqual(all.filter((row) => row.action === 'policy.create' && row.actor === 'ada'));
    expect(policies.length).toBeGreaterThan(0);
    expect((await read('?resource_id=drafted&resource_type=request')).body).toEqual([]);
    expect((await read('?actor=nobody')).body).toEqual([]);
    const [, middle] = all;
    const since = encodeURIComponent(middle?.occurred_at ?? '');
    const late = (await read(`?since=${since}&limit=1000`)).body;
    const early = (await read(`?until=${since}&limit=1000`)).body;
    expect([...late, ...early].map((row) => row.id)).toEqual(all.map((row) => row.id));
  });

  it('pages to its end', async () => {
    const all = (await read('?limit=1000')).body;
    const seen: Row[] = [];
    for (let query: string | undefined = '?limit=3'; query !== undefined; ) {
      const page: Answer<Row[]> = await read(query);
      seen.push(...page.body);
      query = /<[^?]+([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(all);
  });

  it('is not for everybody, and takes no other limits', async () => {
    expect((await stand.call(caller, 'GET', '/admin/audit')).status).toBe(403);
    expect((await read('?limit=1001')).status).toBe(422);
    expect((await read('?since=yesterday')).status).toBe(422);
  });
});
