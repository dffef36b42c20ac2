import { Command } from 'commander';
import { type DevelopmentUser, unsignedToken } from '../connection/unsigned-token.ts';
import type { Context } from '../context.ts';
import { explain } from '../explain.ts';
import { CliFailure, said } from '../failure.ts';
import { wholeNumber } from '../values.ts';

type Options = { user: string; role?: string[]; hours?: number };

const MOST_HOURS = 24 * 365;

/** `awe token`: for a service in development, which believes what it is told. */
export function tokenCommand(context: Context): Command {
  const command = new Command('token')
    .description(
      'Prints an unsigned token. Only a service in development believes it: one without keycloak.issuer, which listens on this machine alone. The same for one call is --as.',
    )
    .requiredOption('--user <user>', 'whom the token is of')
    .option('--role <role...>', 'what roles they have, such as AWE_ADMIN and AWE_VIEWER')
    .option('--hours <hours>', 'how long it is good for; for ever when not given', wholeNumber(1, MOST_HOURS))
    .action(async (options: Options) => print(options, context));
  return explain(command, {
    role: 'none',
    examples: [
      ['token --user ada --role AWE_ADMIN', 'an administrator'],
      ['token --user olga', 'an approver'],
      ['task list --token "$(awe token --user olga)"', 'the inbox of somebody'],
    ],
  });
}

async function print({ user, role: roles = [], hours }: Options, context: Context): Promise<void> {
  const { out } = context;
  await refuseWhereVerified(context);
  const who: DevelopmentUser = { user, roles };
  const seconds = Math.floor(context.now().getTime() / 1000);
  const token = unsignedToken(who, hours === undefined ? undefined : seconds + hours * 3600);
  out.note(
    'Whoever can reach a service in development can make such a token, for anybody. Never let others reach it.',
  );
  await out.result({ ...who, token }, () => token);
}

/** What of a service's settings says whom it believes. */
type Settings = { identity?: string; keycloak?: { issuer?: string | null } };

/** A service that cannot be asked may be started later: that is no refusal. */
async function refuseWhereVerified(context: Context): Promise<void> {
  const url = context.connection.url();
  const awe = await context.client();
  const config = (await awe.config({ signal: context.signal }).catch((error: unknown) => {
    context.signal.throwIfAborted();
    context.out.note(`${url} could not be asked whether it believes unsigned tokens: ${said(error)}`);
    return null;
  })) as Settings | null;
  if (config === null || config.identity === 'development') return;
  throw new CliFailure(
    `The service at ${url} verifies tokens, and refuses unsigned ones. Get one from ${config.keycloak?.issuer ?? 'its identity provider'}, and give it with AWE_TOKEN or --token-command.`,
  );
}
