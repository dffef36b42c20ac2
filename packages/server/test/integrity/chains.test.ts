import type { TimelineEvent } from '@awe/engine/event';
import { type AuditEntry, auditDigest, auditLink, FIRST_AUDIT_LINK } from '@awe/server/integrity/audit-chain';
import { eventLink, type Frozen, genesisOf } from '@awe/server/integrity/event-chain';
import { linkOf } from '@awe/server/integrity/link';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, openStand, person, type Stand } from '../service/stand.ts';
import { policyOf, storyOf, user } from '../service/story.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await openStand({ replicas: 2 });
  await stand.publish(
    policyOf('chained', [{ rules: [user('alice'), user('bob')] }, { rules: [user('carl')] }]),
  );
});
afterAll(() => stand.close());

it('a link is SHA-256 of the previous one, a line feed and the canonical JSON', () => {
  const first = linkOf({ b: 1, a: 'é' }, null);
  expect(first).toBe('aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e');
  expect(linkOf([], first)).toBe('ee4f993da84fba26daad92d9a43dee4e21ad5fa3d5f776ee640a0290ceaaed66');
});

describe('the timeline', () => {
  it('is one chain from the request to its newest event, whichever replica wrote', async () => {
    const story = storyOf(stand);
    const { body } = await story.create('chained', {
      callback_url: stand.receiver.url,
      context: { amount: 1e21, small: 5e-324, name: 'Zoë', list: [1.5, null, true], nested: { b: 1, a: 2 } },
    });
    const tasks = body.tasks as { id: string; assignee: string }[];
    for (const [index, { id, assignee }] of tasks.entries()) {
      const decision = { action: 'approve', comment: 'fine' };
      const decided = await stand.call(person(assignee), 'POST', `/tasks/${id}/decision`, decision, {
        replica: index % 2,
      });
      expect(decided.status).toBe(201);
    }
    await stand.call(admin, 'POST', `/requests/${body.request_id}/cancel`, { reason: 'enough' });

    const [request] = await stand.sql<Frozen & { created_at: string; head: string }>(
      `select *, encode(head_hash, 'hex') as head from approval_request where id = $1`,
      [body.request_id],
    );
    if (!request) throw new Error('the request is not there');
    const events = await stand.sql<TimelineEvent & { link: string }>(
      `select *, encode(hash, 'hex') as link from approval_event where request_id = $1 order by sequence`,
      [body.request_id],
    );
    expect(events.length).toBeGreaterThan(6);
    let link = genesisOf({ ...request, created_at: new Date(request.created_at).toISOString() });
    for (const event of events) {
      link = eventLink(link, { ...event, created_at: new Date(event.created_at).toISOString() });
      expect(event.link).toBe(link);
    }
    expect(request.head).toBe(link);
  });
});

describe('the audit log', () => {
  it('is one chain, numbered without gaps, however many admins write at once over both replicas', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const delegation = {
          user_id: `u-${n}`,
          delegate_to: 'deputy',
          starts_at: '2026-04-23T10:00:00Z',
          ends_at: '2026-04-24T10:00:00Z',
        };
        return stand.call(admin, 'POST', '/delegations', delegation, { replica: n % 2 });
      }),
    );
    const rows = await stand.sql<AuditEntry & { sequence: string; link: string; occurred_at: string }>(
      `select *, encode(hash, 'hex') as link from audit_action order by sequence`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(22);
    let link = FIRST_AUDIT_LINK;
    for (const [index, row] of rows.entries()) {
      expect(Number(row.sequence)).toBe(index + 1);
      const entry = { ...row, occurred_at: new Date(row.occurred_at).toISOString() };
      link = auditLink(link, index + 1, auditDigest(entry));
      expect(row.link).toBe(link);
    }
    const [head] = await stand.sql<{ sequence: string; link: string }>(
      `select sequence, encode(hash, 'hex') as link from audit_head`,
    );
    expect(head).toEqual({ sequence: String(rows.length), link });
  });

  it.each([
    "update audit_action set summary = 'nothing'",
    'delete from audit_action',
    'truncate audit_action',
  ])('refuses: %s', async (statement) => {
    await expect(stand.sql(statement)).rejects.toMatchObject({
      code: '42501',
      message: 'audit rows are neither changed nor deleted',
    });
  });
});
