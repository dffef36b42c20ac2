import { EVENT_TYPES } from '@awe/engine/event';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { play, type Reached } from './play.ts';
import type { Flavour } from './random-policies.ts';
import { anyStory } from './random-stories.ts';

const SEED = Number(process.env.AWE_SEED ?? Date.now() % 2_147_483_647);
console.info(`engine properties run with AWE_SEED=${SEED}; set it to play the same stories again`);

/** What a run has to reach, at least so many times: a property that never gets there cannot fail. */
type Reach = Record<string, number>;

const PLAIN: Flavour = { sla: 3, parallel: 1, strict: true, lookups: 2 };

const EVERYWHERE: Reach = Object.fromEntries(EVENT_TYPES.map((type) => [type, 5]));

const THEMES: { about: string; stories: number; flavour: Flavour; reach: Reach }[] = [
  {
    about: 'of every kind',
    stories: 5_000,
    flavour: PLAIN,
    reach: {
      ...EVERYWHERE,
      changed: 5000,
      unchanged: 1000,
      'started: all': 500,
      'started: any-n': 500,
      'started: quorum': 500,
      'started: percentage': 500,
      'refused: create unavailable': 50,
      'refused: claim conflict': 200,
      'refused: claim forbidden': 50,
      'refused: decide conflict': 2000,
      'refused: decide forbidden': 500,
      'refused: reassign conflict': 500,
      'refused: cancel conflict': 20,
      'approved: no_stages': 50,
      'approved: all_stages_skipped': 50,
      'skipped: skip_if': 100,
      'skipped: no_approvers': 50,
      skip_if_error: 200,
      'rejected: no_approvers_resolved': 50,
      'rejected: required_approver_unavailable': 50,
      'rejected: quorum_unreachable': 200,
      'rejected: rejected_by_approver': 100,
      'rejected: required_abstained': 50,
      'rejected: required_rejected': 5,
      'rejected: no_effective_votes': 10,
      'decided: approve': 3000,
      'decided: reject': 200,
      'decided: abstain': 500,
      'decided: on_behalf_of': 500,
    },
  },
  {
    about: 'of people who are late',
    stories: 4_000,
    flavour: { ...PLAIN, sla: 60, strict: false },
    reach: {
      ...EVERYWHERE,
      task_expired: 2000,
      'breached: null': 100,
      'breached: notify': 100,
      'breached: auto_approve': 100,
      'breached: auto_reject': 100,
      'breached: escalate': 200,
      'failed: escalation': 100,
      'decided: late': 1000,
      'rejected: sla_breached': 100,
    },
  },
  {
    about: 'of directories that fail',
    stories: 3_000,
    flavour: { ...PLAIN, lookups: 12 },
    reach: { ...EVERYWHERE, 'refused: create unavailable': 200, 'failed: activation': 400 },
  },
  {
    about: 'of parallel groups',
    stories: 3_000,
    flavour: { ...PLAIN, parallel: 12, sla: 12, lookups: 4 },
    reach: { ...EVERYWHERE, 'failed: activation': 50, 'rejected: quorum_unreachable': 200 },
  },
];

describe('random stories', () => {
  test.each(THEMES)('$about keep every invariant and come to an end', ({ stories, flavour, reach }) => {
    const reached: Reached = new Map();
    fc.assert(
      fc.property(anyStory(flavour), (story) => play(story, reached)),
      { seed: SEED, numRuns: stories },
    );
    const short = Object.entries(reach).filter(([what, least]) => (reached.get(what) ?? 0) < least);
    expect(short.map(([what, least]) => `${what}: ${reached.get(what) ?? 0} of ${least}`)).toEqual([]);
  });
});
