import type { PolicyOut } from '@awe/contract/policies';
import { Command, type Command as Kind } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { explain } from '../../explain.ts';
import { CliFailure, usageFailure } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { wholeNumber } from '../../values.ts';
import { definitionOf, sameDefinition } from '../definition.ts';
import { changesBetween } from '../planning/plan.ts';
import { hasChanges, type Plan } from '../planning/plan-all.ts';
import { planText } from '../planning/plan-text.ts';
import { policyService } from '../policy-service.ts';
import { filesOption, validPolicies } from './given-files.ts';
import { planned } from './planned.ts';

type Options = { file?: string[]; activate?: boolean; detailedExitcode?: boolean };

const DETAILED = [
  '--detailed-exitcode',
  'exit code 2 when there are changes, 0 when there are none',
] as const;

/** Adds what a plan takes. */
export function withPlan<Any extends Kind>(command: Any): Any {
  return command
    .option('--activate', 'what the files say is to be active, and not only there')
    .option(...DETAILED);
}

export function diffCommand(context: Context): Command {
  const command = new Command('diff')
    .summary('tell what files would change, or how two versions differ')
    .description(
      'With -f: tells what apply would do for each file, and what changes for people. Without: tells how two versions of ' +
        'a policy differ. Writes nothing.',
    )
    .argument('[key]', 'the policy_key')
    .argument('[from]', 'the number of a version', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .argument(
      '[to]',
      'the number of the version that takes its place',
      wholeNumber(1, Number.MAX_SAFE_INTEGER),
    )
    .addOption(filesOption())
    .action(
      async (key: string | undefined, from: number | undefined, to: number | undefined, options: Options) => {
        if (options.file !== undefined && key === undefined) return diffFiles(options.file, options, context);
        if (options.file === undefined && key !== undefined && from !== undefined && to !== undefined) {
          return diffVersions(key, [from, to], options, context);
        }
        throw usageFailure(
          'Give files with -f, or a key and two versions: awe policy diff payments.disbursement 1 2.',
        );
      },
    );
  return explain(withPlan(command), {
    role: 'AWE_VIEWER',
    examples: [
      ['policy diff -f policies/ --activate', 'what applying would change for requests'],
      ['policy diff payments.disbursement 1 2', 'what version 2 changed'],
    ],
  });
}

async function diffFiles(paths: readonly string[], options: Options, context: Context): Promise<void> {
  const { policies, hasDirectory } = await validPolicies(paths, context);
  const service = policyService(await context.client());
  await tellPlan(
    await planned(service, policies, options.activate === true, context),
    { ...options, hasDirectory },
    context,
  );
}

/**
 * Prints `{changes: boolean, policies: [plan], unmanaged: [policy_key]}`; `unmanaged` is only said where whole directories
 * were compared. Exit code 2 when that was asked for and there are changes.
 */
export async function tellPlan(
  plan: Plan,
  { detailedExitcode = false, hasDirectory }: Options & { hasDirectory: boolean },
  context: Context,
): Promise<void> {
  const { out } = context;
  const changes = hasChanges(plan);
  const { policies, unmanaged } = plan;
  await out.result({ changes, policies, unmanaged: hasDirectory ? unmanaged : [] }, () =>
    planText(plan, out.paint, hasDirectory),
  );
  if (changes) pendingWhen(detailedExitcode, context);
}

/** Prints `{changes: boolean, policy_key, from, to, sentences: [string]}`. */
async function diffVersions(
  key: string,
  [from, to]: [number, number],
  { detailedExitcode = false }: Options,
  context: Context,
): Promise<void> {
  const service = policyService(await context.client());
  const before = await service.version(key, from);
  const sentences = sentencesBetween(before, await service.version(key, to));
  const changes = sentences.length > 0;
  await context.out.result({ changes, policy_key: key, from, to, sentences }, () =>
    changes ? sentences.map(printable).join('\n') : `Versions ${from} and ${to} ask for the same.`,
  );
  if (changes) pendingWhen(detailedExitcode, context);
}

function sentencesBetween(before: PolicyOut, after: PolicyOut): string[] {
  const wanted = definitionOf(after);
  if (wanted === null) throw new CliFailure(`Version ${after.version} cannot work and means nothing.`);
  return sameDefinition(definitionOf(before), wanted) ? [] : changesBetween(before, wanted);
}

function pendingWhen(detailed: boolean, { endWith }: Context): void {
  if (detailed) endWith(EXIT.pending);
}
