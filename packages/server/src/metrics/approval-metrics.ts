import { SLA_MONITOR } from '@awe/engine/approval';
import type { Changes } from '@awe/engine/draft';
import type { TimelineEvent } from '@awe/engine/event';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Approvals } from '../approvals/approvals.ts';
import type { CommitChanges } from '../ledger/commit.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

export type ApprovalMetrics = {
  /** The size of a commit's batch. */
  batch: (size: number) => void;
  /** Times each commit, and counts what was written by it. */
  commit: (commit: CommitChanges) => CommitChanges;
  /** Counts creates that were answered from an earlier one. */
  approvals: (approvals: Approvals) => Approvals;
};

export function approvalMetrics(registry: Registry): ApprovalMetrics {
  const registers = [registry];
  const batches = new Histogram({
    name: 'awe_commit_batch_size',
    help: 'Change sets that shared one commit statement',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  });
  const commits = new Histogram({
    name: 'awe_commit_duration_seconds',
    help: 'From a change set to its commit, its wait for the batch included; conflict: somebody else was faster, it is decided again',
    labelNames: ['result'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  // There before it happens: see ALERTED in call-metrics.
  for (const result of ['written', 'conflict', 'failed']) commits.zero({ result });
  const replays = new Counter({
    name: 'awe_idempotent_replays_total',
    help: 'Creates that were answered from an earlier one with the same Idempotency-Key',
    registers,
  });
  const count = changeCounters(registry);

  return {
    batch: (size) => batches.observe(size),
    commit: (commit) => async (changeSet) => {
      const startedAt = performance.now();
      let result = 'failed';
      try {
        const won = await commit(changeSet);
        result = won ? 'written' : 'conflict';
        if (won) count(changeSet.changes);
        return won;
      } finally {
        commits.observe({ result }, (performance.now() - startedAt) / 1000);
      }
    },
    approvals: (approvals) => ({
      ...approvals,
      create: async (...asked) => {
        const created = await approvals.create(...asked);
        if (created.replayed) replays.inc();
        return created;
      },
    }),
  };
}

/** Counts what happened to approvals by the change sets that were written. */
function changeCounters(registry: Registry): (changes: Changes) => void {
  const registers = [registry];
  const events = new Counter({
    name: 'awe_timeline_events_total',
    help: 'Events written to timelines, by type',
    labelNames: ['type'],
    registers,
  });
  const decisions = new Counter({
    name: 'awe_decisions_total',
    help: 'Decisions, by action and by whom: a person or the SLA monitor',
    labelNames: ['action', 'by'],
    registers,
  });
  const stages = new Counter({
    name: 'awe_stages_ended_total',
    help: 'Stages that ended, by outcome and reason',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const created = new Counter({ name: 'awe_requests_created_total', help: 'Requests created', registers });
  const ended = new Counter({
    name: 'awe_requests_ended_total',
    help: 'Requests that ended, by outcome and reason',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const lifetimes = new Histogram({
    name: 'awe_request_lifetime_seconds',
    help: 'From the creation of a request to its end, by outcome',
    labelNames: ['outcome'],
    buckets: [1, MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 30 * DAY],
    registers,
  });

  return ({ before, request, decisions: made, events: told }) => {
    if (before === 0) created.inc();
    for (const { action, actor } of made)
      decisions.inc({ action, by: actor === SLA_MONITOR ? 'sla_monitor' : 'person' });
    for (const event of told) {
      events.inc({ type: event.event_type });
      if (event.event_type === 'stage_completed')
        stages.inc({ outcome: String(event.payload.outcome), reason: reasonOf(event) });
      if (event.event_type === 'stage_skipped') stages.inc({ outcome: 'skipped', reason: reasonOf(event) });
      const outcome = END[event.event_type];
      if (outcome === undefined) continue;
      // Why somebody cancelled is their own words.
      ended.inc({ outcome, reason: outcome === 'cancelled' ? 'none' : reasonOf(event) });
      lifetimes.observe({ outcome }, (Date.parse(event.created_at) - Date.parse(request.created_at)) / 1000);
    }
  };
}

const END: Partial<Record<TimelineEvent['event_type'], string>> = {
  request_approved: 'approved',
  request_rejected: 'rejected',
  request_cancelled: 'cancelled',
};

/** The engine's reasons are a closed list (ADR 9). */
function reasonOf({ payload }: TimelineEvent): string {
  return typeof payload.reason === 'string' ? payload.reason : 'none';
}
