import type { PolicyOut } from '@awe/contract/policies';
import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { explain } from '../../explain.ts';
import { wholeNumber } from '../../values.ts';
import { type PolicyService, policyService } from '../policy-service.ts';
import { asDocument, policyYaml } from '../policy-yaml.ts';

const MOST_VERSIONS = 2_147_483_647;

type Options = { output: 'yaml' | 'json' };

/** Adds the argument that says which version a command is about. */
export function withVersion<Any extends Command>(command: Any): Any {
  return command.argument(
    '[version]',
    'its number; otherwise the active version, or the newest when none is',
    wholeNumber(1, MOST_VERSIONS),
  );
}

export function getCommand(context: Context): Command {
  const command = new Command('get')
    .summary('print a policy as a file')
    .description(
      'Prints a version of a policy as a file: put it into git, and apply changes nothing. --json prints it as the ' +
        'service answers it, with ids and dates.',
    )
    .argument('<key>', 'the policy_key')
    .addOption(
      new Option('-o, --output <format>', 'how the file is written')
        .choices(['yaml', 'json'])
        .default('yaml'),
    );
  withVersion(command).action(async (key: string, version: number | undefined, options: Options) =>
    get(key, version, options, context),
  );
  return explain(command, {
    role: 'AWE_VIEWER',
    examples: [
      ['policy get payments.disbursement > policies/disbursement.yaml', 'the active version'],
      ['policy get payments.disbursement 3 -o json', 'an older one, in JSON'],
    ],
  });
}

async function get(
  key: string,
  version: number | undefined,
  { output }: Options,
  context: Context,
): Promise<void> {
  const policy = await chosenVersion(policyService(await context.client()), key, version);
  const schemaUrl = `${context.connection.url()}/v1/awe/policy.schema.json`;
  await context.out.result(policy, () =>
    output === 'yaml'
      ? policyYaml(policy, schemaUrl).trimEnd()
      : JSON.stringify({ $schema: schemaUrl, ...asDocument(policy) }, null, 2),
  );
}

/** The version asked for; otherwise the active one, or the newest when none is active. Throws `AweError`. */
export async function chosenVersion(
  service: PolicyService,
  key: string,
  version: number | undefined,
): Promise<PolicyOut> {
  if (version !== undefined) return service.version(key, version);
  const versions = await service.versions(key);
  const chosen = versions.find(({ status }) => status === 'active') ?? versions[0];
  return service.version(key, chosen?.version ?? 1);
}
