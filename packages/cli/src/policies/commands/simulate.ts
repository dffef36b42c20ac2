import { resolve } from 'node:path';
import type { SimulateStageOut } from '@awe/contract/simulation';
import type { JsonObject } from '@awe/engine/policy';
import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { CliFailure, usageFailure } from '../../failure.ts';
import { printable } from '../../output/printable.ts';
import { jsonObject } from '../../values.ts';
import { policyService } from '../policy-service.ts';
import { readSourceFiles } from '../reading/source-files.ts';
import { readFixtures } from '../simulating/fixture.ts';
import type { PeopleDirectory } from '../simulating/people.ts';
import { simulateOffline } from '../simulating/simulate-offline.ts';
import { chosenVersion, withVersion } from './get.ts';
import { faultLines, filesOption, validPolicies } from './given-files.ts';

type Options = { context: string; requester?: string; file?: string[]; people?: string };
type Shown = { policy_key: string; version: number | null; stages: SimulateStageOut[] };

export function simulateCommand(context: Context): Command {
  const command = new Command('simulate')
    .summary('show whom each stage would ask, for a context')
    .description(
      'Shows whom each stage would ask for a request with this context. With a key: a version on the service, with the ' +
        'people there are. With -f: a file, without a service, with the people of a fixture. Writes nothing.',
    )
    .argument('[key]', 'the policy_key')
    .option('--context <json>', 'the context of the request: JSON, a file, or - for standard input', '{}')
    .option('--requester <user>', 'who would ask')
    .addOption(filesOption())
    .option('--people <fixture>', 'with -f: a *.simulate.yaml whose directory says who there is');
  withVersion(command).action(
    async (key: string | undefined, version: number | undefined, options: Options) => {
      const shown = await simulated(key, version, options, context);
      await context.out.result(
        shown,
        () =>
          shown.stages.map((stage) => stageText(stage, context.out.paint)).join('\n') ||
          'There is no stage: a request is approved at once.',
      );
    },
  );
  return explain(command, {
    role: 'AWE_VIEWER',
    examples: [
      [`policy simulate payments.disbursement --context '{"amount": 2500}'`, 'the active version'],
      [
        `policy simulate -f tiers-by-amount.yaml --people tiers-by-amount.simulate.yaml --context '{"amount": 2500}'`,
        'a file, without a service',
      ],
    ],
  });
}

/** `{policy_key, version, stages}`; of a file `version` is null. */
async function simulated(
  key: string | undefined,
  version: number | undefined,
  options: Options,
  context: Context,
): Promise<Shown> {
  const { requester } = options;
  const sample = (await jsonObject('--context', options.context, context)) as JsonObject;
  if (options.file !== undefined && key === undefined) return ofFile(options.file, sample, options, context);
  if (key === undefined || options.file !== undefined) {
    throw usageFailure('Give the key of a policy on the service, or a file with -f.');
  }
  const service = policyService(await context.client());
  const policy = await chosenVersion(service, key, version);
  const { stages } = await service.simulate(key, policy.version, {
    context: sample,
    ...(requester !== undefined && { requester }),
  });
  return { policy_key: key, version: policy.version, stages };
}

async function ofFile(
  paths: readonly string[],
  sample: JsonObject,
  { people, requester }: Options,
  context: Context,
): Promise<Shown> {
  const [policy, ...more] = (await validPolicies(paths, context)).policies;
  if (policy === undefined || more.length > 0)
    throw usageFailure('One policy is simulated at a time: give its file with -f.');
  const directory = people === undefined ? {} : await peopleOf(people, context);
  const outcome = simulateOffline(policy.definition, {
    context: sample,
    requester: requester ?? null,
    directory,
  });
  if (!outcome.ok) throw new CliFailure(`The people cannot be found: ${outcome.reason}.`);
  return { policy_key: policy.definition.policy_key, version: null, stages: outcome.stages };
}

async function peopleOf(name: string, { cwd }: Context): Promise<PeopleDirectory> {
  const { files, faults } = await readSourceFiles([resolve(cwd, name)], cwd);
  const [file] = files;
  const read = file ? readFixtures(file) : { fixtures: [], faults };
  if (read.faults.length > 0) throw new CliFailure(`The fixture cannot be used.\n${faultLines(read.faults)}`);
  return read.fixtures[0]?.directory ?? {};
}

function stageText(stage: SimulateStageOut, paint: Context['out']['paint']): string {
  const { stage_order, name, resolved_approvers, required_approvers = [], observers = [] } = stage;
  const asked = resolved_approvers.map(
    (user) => printable(user) + (required_approvers.includes(user) ? ' (must approve)' : ''),
  );
  const lines = [`${stage_order}. ${printable(name)}: ${standing(stage, paint)}`];
  if (asked.length > 0) lines.push(`    asks ${asked.join(', ')}`);
  if (observers.length > 0) lines.push(`    informs ${observers.map(printable).join(', ')}`);
  if (stage.skip_if_error) lines.push(paint('yellow', `    skip_if: ${printable(stage.skip_if_error)}`));
  return lines.join('\n');
}

function standing(
  { skipped, skip_reason, blocked_reason, needed, resolved_approvers }: SimulateStageOut,
  paint: Context['out']['paint'],
): string {
  if (skipped) return paint('gray', `skipped (${skip_reason})`);
  if (blocked_reason) return paint('red', `rejects the request (${blocked_reason})`);
  return `${needed} of ${resolved_approvers.length} must approve`;
}
