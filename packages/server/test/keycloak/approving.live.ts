import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENABLED_CROWD } from '../directory/sample-realm.ts';
import { expectRefusal } from '../service/refusal.ts';
import { type Created, policyOf, type Task } from '../service/story.ts';
import { type LiveStand, openLiveStand } from './live-stand.ts';
import { claimsOf, personToken } from './real-keycloak.ts';

const role = (name: string, client?: string) => ({
  rule_type: 'role',
  rule_value: client === undefined ? { role: name } : { role: name, client },
});
const group = (path: string) => ({ rule_type: 'group', rule_value: { group: path } });

async function subjectOf(username: string): Promise<string> {
  return String(claimsOf(await personToken(username)).sub);
}

describe('with Keycloak’s own ids', () => {
  let stand: LiveStand;
  beforeAll(async () => {
    stand = await openLiveStand();
  });
  afterAll(() => stand.close());

  it('a request goes through a role, a client’s role and a group, decided with their tokens', async () => {
    await stand.publish(
      policyOf('through-all', [
        { mode: 'any-n', mode_value: 1, rules: [role('OFFICER')] },
        { rules: [role('REVIEWER', 'registry-staff-portal')] },
        { rules: [group('/directors')] },
      ]),
    );
    const { status, body } = await stand.create<Created>('through-all');
    expect(status).toBe(201);
    const ids = Object.fromEntries(
      await Promise.all(
        ['amina', 'bao', 'chen', 'dita'].map(async (name) => [name, await subjectOf(name)] as const),
      ),
    );
    expect(body.tasks.map((task) => task.assignee)).toEqual([ids.amina, ids.bao]);

    for (const name of ['bao', 'amina', 'dita', 'chen']) {
      const mine = await stand.as<Task[]>(name, 'GET', `/tasks?request_id=${body.request_id}&status=open`);
      expect(mine.body.map((task) => task.assignee)).toEqual([ids[name]]);
      const decided = await stand.as(name, 'POST', `/tasks/${mine.body[0]?.id}/decision`, {
        action: 'approve',
      });
      expect([name, decided.status]).toEqual([name, 201]);
    }
    const request = await stand.as<{ status: string }>('vera', 'GET', `/requests/${body.request_id}`);
    expect(request.body.status).toBe('approved');
  });

  it.each([
    ['role', role('CROWD')],
    ['group', group('/crowd')],
  ])('a %s of more than 250 people is asked to the last of them', async (kind, rule) => {
    await stand.publish(policyOf(`crowd-by-${kind}`, [{ mode: 'any-n', mode_value: 1, rules: [rule] }]));
    const { status, body } = await stand.create<Created>(`crowd-by-${kind}`);
    expect([status, body.tasks.length]).toEqual([201, ENABLED_CROWD.length]);
    expect(ENABLED_CROWD.length).toBe(300);
  });

  it('what cannot be resolved is not started', async () => {
    await stand.publish(policyOf('nobody-knows', [{ rules: [role('officer')] }]));
    expectRefusal(await stand.create('nobody-knows'), 503, 'AWE-007', /the realm has no role officer/);
    const [{ count = -1 } = {}] = await stand.sql<{ count: number }>(
      `select count(*)::int as count from approval_request r join approval_policy p on p.id = r.policy_id
        where p.policy_key = 'nobody-knows'`,
    );
    expect(count).toBe(0);
  });

  it('roles of the portal’s client are what its people may do', async () => {
    const policy = policyOf('a-new-one', []);
    expectRefusal(await stand.as('vera', 'POST', '/policies', policy), 403, 'AWE-008', /AWE_ADMIN/);
    expectRefusal(await stand.as('amina', 'GET', '/policies'), 403, 'AWE-008', /AWE_VIEWER/);
    expect((await stand.as('vera', 'GET', '/policies')).status).toBe(200);
    expect((await stand.as('ada', 'POST', '/policies', policy)).status).toBe(201);
  });

  it('pickers lead viewers through pages, and nobody else', async () => {
    type Row = { username: string };
    const first = await stand.as<Row[]>('vera', 'GET', '/admin/keycloak/users?search=person-&limit=200');
    expect(first.status).toBe(200);
    const next = /^<\/v1\/awe(\S+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    const second = await stand.as<Row[]>('vera', 'GET', String(next));
    expect(second.headers.get('link')).toBeNull();
    expect([...first.body, ...second.body].map((row) => row.username)).toEqual(ENABLED_CROWD);
    expectRefusal(await stand.as('amina', 'GET', '/admin/keycloak/users'), 403, 'AWE-008', /AWE_VIEWER/);
  });
});

describe('with usernames', () => {
  let stand: LiveStand;
  beforeAll(async () => {
    stand = await openLiveStand({ AWE__AUTH__ASSIGNEE_CLAIM: 'preferred_username' });
  });
  afterAll(() => stand.close());

  it('tasks and tokens speak of the same people', async () => {
    await stand.publish(policyOf('by-name', [{ rules: [role('DIRECTOR'), group('/districts/D1')] }]));
    const { body } = await stand.create<Created>('by-name');
    expect(body.tasks.map((task) => task.assignee)).toEqual(['chen', 'dita', 'amina']);
    for (const task of body.tasks) {
      const decided = await stand.as(task.assignee, 'POST', `/tasks/${task.id}/decision`, {
        action: 'approve',
      });
      expect([task.assignee, decided.status]).toEqual([task.assignee, 201]);
    }
    const request = await stand.as<{ status: string; requester: string }>(
      'vera',
      'GET',
      `/requests/${body.request_id}`,
    );
    expect(request.body).toMatchObject({
      status: 'approved',
      requester: 'service-account-registry-service',
    });
  });
});
