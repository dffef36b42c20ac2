import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from './strikes.ts';

export type Options = {
  rounds: number;
  seed: number;
  only: readonly Fault[];
  /** Rounds at the same time: most of one is waiting for a lease to end. */
  lanes: number;
  evidence: string | null;
  help: boolean;
};

export const HELP = `npm run chaos -- [options]

Lets clients work on the real service, breaks something at a random moment, and holds what they were told against what
the ledger and the receiver of webhooks hold when all has come to rest.

  --rounds N       rounds, each with one fault, the faults in turn (default 100)
  --seed S         replays the choices of a run (default: AWE_SEED, or another one each time); round n has seed S + n
  --only a,b       only these faults: ${FAULTS.join(', ')}
  --lanes N        rounds at the same time (default 3)
  --evidence DIR   where calls, ledger and logs of a round that found a fault go (default: in the system's temporary directory)
  --help
`;

/** Throws a sentence that says which option is at fault. */
export function readOptions(args: string[], env: Record<string, string | undefined>): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '100' },
      seed: { type: 'string' },
      only: { type: 'string' },
      lanes: { type: 'string', default: '3' },
      evidence: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const seed = values.seed ?? env.AWE_SEED;
  return {
    rounds: whole('--rounds', values.rounds, 1),
    seed: seed === undefined ? Date.now() % 2 ** 31 : whole('--seed', seed, 0),
    only: values.only === undefined ? FAULTS : values.only.split(',').map(faultOf),
    lanes: whole('--lanes', values.lanes, 1),
    evidence: values.evidence ?? null,
    help: values.help,
  };
}

function faultOf(word: string): Fault {
  const fault = FAULTS.find((each) => each === word.trim());
  if (fault === undefined)
    throw new Error(`--only: there is no fault ${word}; there are ${FAULTS.join(', ')}.`);
  return fault;
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${option}: ${text} is not a whole number of at least ${least}.`);
  return value;
}
