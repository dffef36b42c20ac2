import { parseArgs } from 'node:util';
import { OPERATIONS, type OperationName } from '@awe/contract/operations';

export type Options = { calls: number; seed: number; only: OperationName | null; help: boolean };

export const HELP = `npm run fuzz -- [options]

  --calls N          how many calls (default 20000)
  --seed N           plays the same calls again; default: AWE_SEED, or another one each time
  --only OPERATION   nine of ten calls are of this operation, such as createRequest; the others lead up to it
  --help

  DATABASE_URL       an empty database to let the service work on; default: an embedded one that goes with the run
`;

/** @throws Error that says which option is at fault */
export function readOptions(args: string[], env: Record<string, string | undefined>, now: number): Options {
  const { values } = parseArgs({
    args,
    options: {
      calls: { type: 'string', default: '20000' },
      seed: { type: 'string', default: env.AWE_SEED ?? String(now % 2_147_483_647) },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, help } = values;
  if (only !== undefined && !Object.hasOwn(OPERATIONS, only)) {
    throw new Error(`--only: there is no operation ${only}; there are ${Object.keys(OPERATIONS).join(', ')}`);
  }
  return {
    calls: whole('--calls', values.calls),
    seed: whole('--seed', values.seed),
    only: (only as OperationName | undefined) ?? null,
    help,
  };
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${option}: ${text} is not a whole number`);
  return value;
}
