import { OPERATION_LIST, type OperationName } from '@awe/contract/operations';
import fc from 'fast-check';
import { ledgerFaults } from '../truth/ledger-faults.ts';
import { anyCall } from './any-call.ts';
import { judgeOf } from './document.ts';
import { createMemory } from './memory.ts';
import { type Neighbour, startNeighbour } from './neighbour.ts';
import { type Finding, play, playRaw, type Stage } from './player.ts';
import { anyRawCall } from './raw-calls.ts';
import { createSender } from './send.ts';
import { sureCalls } from './sure-calls.ts';
import { createTally, type Tally } from './tally.ts';
import type { Target } from './target.ts';

export type Fuzzing = {
  calls: number;
  seed: number;
  /** Calls of this operation only; the calls that it needs to get anywhere come along. Null: of all. */
  only: OperationName | null;
  onProgress: (calls: number) => void;
};

export type Outcome = {
  tally: Tally;
  seconds: number;
  /** The smallest call that was answered wrongly; null: none was. */
  finding: Finding | null;
  /** What is wrong with the service after all that. */
  aftermath: string[];
};

/** Longer than any call may take: resolvers are given up after 2 s. Milliseconds. */
const DEADLINE_MS = 10_000;

/** Others live on what these do, or they do several things. */
const BUSY: Partial<Record<OperationName, number>> = {
  createRequest: 3,
  createPolicy: 2,
  claimTask: 2,
  decide: 2,
  reassignTask: 2,
};
/** Nine of ten calls. */
const WHEN_ONLY = 90 * OPERATION_LIST.length;

/** Sends random calls to a service until one is answered wrongly, and looks at what they left behind. */
export async function fuzz(target: Target, options: Fuzzing): Promise<Outcome> {
  const neighbour = await startNeighbour();
  const sender = createSender(target.url, DEADLINE_MS);
  const began = performance.now();
  try {
    const stage = await stageAt(target, neighbour, sender);
    const finding = await firstFinding(stage, options);
    const seconds = (performance.now() - began) / 1000;
    return { tally: stage.tally, seconds, finding, aftermath: await aftermathOf(target) };
  } finally {
    sender.close();
    neighbour.close();
  }
}

async function stageAt({ url }: Target, neighbour: Neighbour, sender: Stage['sender']): Promise<Stage> {
  const response = await fetch(`${url}/v1/awe/openapi.json`);
  const document = judgeOf((await response.json()) as Parameters<typeof judgeOf>[0]);
  return { url, sender, document, memory: createMemory({ neighbour: neighbour.url }), tally: createTally() };
}

async function firstFinding(
  stage: Stage,
  { calls, seed, only, onProgress }: Fuzzing,
): Promise<Finding | null> {
  let smallest: Finding | null = null;
  const judged = async (finding: Promise<Finding | null>) => {
    const found = await finding;
    onProgress(stage.tally.total());
    if (found) smallest = found;
    return found === null;
  };
  for (const call of sureCalls()) if (!(await judged(play(call, stage)))) return smallest;
  const operations = OPERATION_LIST.map(([name]) => ({
    arbitrary: anyCall(name).map((call) => ({ call })),
    weight: only === null ? 10 * (BUSY[name] ?? 1) : only === name ? WHEN_ONLY : 10,
  }));
  const raw = { arbitrary: anyRawCall.map((bytes) => ({ raw: bytes })), weight: 10 };
  const result = await fc.check(
    fc.asyncProperty(fc.oneof(...operations, raw), (step) =>
      judged('call' in step ? play(step.call, stage) : playRaw(step.raw, stage)),
    ),
    { seed, numRuns: calls },
  );
  // Something in here broke, not in the service.
  if (result.failed && smallest === null) throw result.errorInstance;
  return smallest;
}

async function aftermathOf({ url, sql }: Target): Promise<string[]> {
  const health = await fetch(`${url}/v1/awe/health`).then(
    ({ status }) => (status === 200 ? [] : [`health answers ${status}`]),
    (error: unknown) => [`health does not answer: ${error}`],
  );
  return [...health, ...(await ledgerFaults(sql))];
}
