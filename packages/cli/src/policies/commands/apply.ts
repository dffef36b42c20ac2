import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { explain } from '../../explain.ts';
import { CliFailure, usageFailure } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { applyPlans, isOutOfReach, type Outcome } from '../planning/apply.ts';
import type { PolicyPlan } from '../planning/plan.ts';
import type { Plan } from '../planning/plan-all.ts';
import { outcomeText, planText } from '../planning/plan-text.ts';
import { unmanagedLine } from '../planning/plan-words.ts';
import { policyService } from '../policy-service.ts';
import { tellPlan, withPlan } from './diff.ts';
import { type FileOptions, validPolicies, withFiles } from './given-files.ts';
import { planned } from './planned.ts';

type Options = FileOptions & { activate?: boolean; dryRun?: boolean; detailedExitcode?: boolean };

export function applyCommand(context: Context): Command {
  const command = new Command('apply')
    .summary('bring the service in line with policy files')
    .description(
      'Writes what the files say and the service has not: a new policy, a new version, or the draft anew; a version that ' +
        'says it already is taken instead. With --activate it governs new requests from then on. Applied again, nothing ' +
        'is written. Policies without a file are left alone.',
    )
    .addOption(new Option('--dry-run', 'tell what would be done, and do nothing'))
    .action(async (options: Options) => apply(options, context));
  return explain(withPlan(withFiles(command)), {
    role: 'AWE_ADMIN',
    examples: [
      ['policy apply -f policies/ --dry-run --activate', 'the plan, for review'],
      ['policy apply -f policies/ --activate', 'in a pipeline, after the merge'],
      [
        'policy apply -f policies/ --dry-run --detailed-exitcode',
        'exit code 2 tells a pipeline that there are changes',
      ],
    ],
  });
}

async function apply(options: Options, context: Context): Promise<void> {
  if (options.detailedExitcode && !options.dryRun)
    throw usageFailure('--detailed-exitcode is about a plan: give it with --dry-run.');
  const { policies, hasDirectory } = await validPolicies(options.file, context);
  const service = policyService(await context.client());
  const plan = await planned(service, policies, options.activate === true, context);
  if (options.dryRun) return tellPlan(plan, { ...options, hasDirectory }, context);

  const { out } = context;
  if (!out.json) await out.line(planText(plan, out.paint, false));
  const pairs = policies.map((policy, at) => ({ policy, plan: planAt(plan, at) }));
  // One after the other, so that whoever stops it halfway knows how far it came.
  const outcomes = await applyPlans(service, pairs, async (outcome) => {
    if (!out.json && outcome.result !== 'unchanged') await out.line(outcomeText(outcome, out.paint));
  });
  const unmanaged = hasDirectory ? plan.unmanaged : [];
  await out.result({ policies: outcomes, unmanaged }, () => sumText(outcomes, unmanaged));
  requireAll(outcomes);
}

function planAt({ policies }: Plan, at: number): PolicyPlan {
  const plan = policies[at];
  if (plan === undefined) throw new Error(`there is no plan for file ${at}`);
  return plan;
}

/** What the whole came to, in a line or two. */
export function sumText(outcomes: readonly Outcome[], unmanaged: readonly string[]): string {
  const written = outcomes.filter(({ result, error }) => result !== 'unchanged' && error === null).length;
  // Written and not activated, or activated with another content.
  const half = outcomes.filter(({ version, error }) => version !== null && error !== null).length;
  const partly = half === 0 ? '' : ` ${half} only in part.`;
  return [
    ...(unmanaged.length > 0 ? [printable(unmanagedLine(unmanaged))] : []),
    written + half === 0 ? 'Nothing changed.' : `${written} of ${outcomes.length} changed.${partly}`,
  ].join('\n');
}

function requireAll(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter(({ error }) => error !== null);
  if (failed.length === 0) return;
  const away = failed.some(({ error }) => error !== null && isOutOfReach(error.status));
  throw new CliFailure(
    `${failed.length} of ${outcomes.length} were not applied. What was applied stays; apply again for the rest.`,
    away ? EXIT.unreachable : EXIT.refused,
  );
}
