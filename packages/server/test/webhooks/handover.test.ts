import type { Changes } from '@awe/engine/draft';
import type { Chain } from '@awe/server/ledger/deliveries-claim';
import { createHandover } from '@awe/server/webhooks/handover';
import type { Work } from '@awe/server/webhooks/lanes';
import { describe, expect, it } from 'vitest';

const LEASE_END = '2026-04-23T10:00:20.000Z';

/** Changes of request `r` that bring it from `before` to the next revision, with one event that is delivered. */
function changes(before: number, event_type = 'stage_started'): Changes {
  const sequence = before + 1;
  const request = { id: 'r', callback_url: 'http://receiver/hook', revision: before + 1 };
  const event = { id: `e-${sequence}`, request_id: 'r', sequence, event_type, payload: {}, actor: null };
  return { request, before, stages: [], events: [event] } as unknown as Changes;
}

function desk(lanesTake = true) {
  const works: Work[] = [];
  const ran: number[] = [];
  const released: number[] = [];
  const sequences = ({ deliveries }: Chain) => deliveries.map((each) => each.sequence);
  const handover = createHandover({
    lanes: { add: (_, work) => void works.push(work), mayTake: () => lanesTake },
    leaseEnd: () => LEASE_END,
    run: async (chain) => ran.push(...sequences(chain)) > 0,
    release: (chain) => void released.push(...sequences(chain)),
  });
  const commit = (each: Changes) => {
    const end = handover.lease(each);
    handover.take(each, end);
    return end;
  };
  return { commit, works, ran, released };
}

const deaf = () => {};

describe('deliveries that are handed over at the commit', () => {
  it('are leased for a new request, and for what follows our own commits', () => {
    const { commit } = desk();
    expect([commit(changes(0)), commit(changes(1)), commit(changes(2))]).toEqual([
      LEASE_END,
      LEASE_END,
      LEASE_END,
    ]);
  });

  it('are not leased behind the commit of another replica, nor behind what has to be claimed', () => {
    const ours = desk();
    ours.commit(changes(0));
    expect(ours.commit(changes(3))).toBeNull();
    expect(ours.commit(changes(4))).toBeNull();
    expect(desk(false).commit(changes(0))).toBeNull();
  });

  it('are leased behind a commit of ours that had nothing to deliver', () => {
    const { commit } = desk();
    commit(changes(0));
    expect(commit(changes(1, 'task_claimed'))).toBeNull();
    expect(commit(changes(2))).toBe(LEASE_END);
  });

  it('wait for the attempts of earlier ones, in whatever order their turns come', async () => {
    const { commit, works, ran } = desk();
    commit(changes(0));
    commit(changes(1));
    const later = works[1]?.run(deaf);
    await works[0]?.run(deaf);
    await later;
    expect(ran).toEqual([1, 2]);
  });

  it('are given back when earlier ones were, and the next ones are to be claimed', async () => {
    const { commit, works, ran, released } = desk();
    commit(changes(0));
    commit(changes(1));
    works[0]?.giveBack();
    await works[1]?.run(deaf);
    expect(ran).toEqual([]);
    expect(released).toEqual([1, 2]);
    expect(commit(changes(2))).toBeNull();
  });
});
