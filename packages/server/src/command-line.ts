import { parseArgs } from 'node:util';
import { encryptionFault } from './config/agreement.ts';
import { type ConfigSources, readConfig } from './config/config.ts';
import { configReport } from './config/report.ts';
import { describeTarget } from './ledger/connection-settings.ts';
import { archiveDirectoryFault } from './retention/archive-directory.ts';
import { StartFailure } from './start-failure.ts';
import { buildInfo } from './version.ts';

const HELP = `AWE, the approval workflow engine.

Usage: node packages/server/src/main.ts [option]

Without an option the service starts; SIGTERM or Ctrl-C stops it.

  --check-config  print the settings in force without secrets, and where each was written; exit with 1 and all
                  faults when it could not start with them. Connects to nothing, starts nothing
  --version       print the version
  --help          print this

Settings come from config/default.yaml, or the file that CONFIG_PATH names, and from environment variables such as
AWE__SERVER__PORT. DATABASE_URL names a PostgreSQL; without it one is started here, with its data in ./.awe.
LOG_LEVEL is one of trace, debug, info (default), warn, error, silent. All settings: docs/configuration.md
`;

const OPTIONS = {
  'check-config': { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * What is to be printed instead of a start, or null for a start.
 * @throws StartFailure for an option that there is not, and for a configuration that cannot be used
 */
export function answerCommandLine(args: readonly string[], sources: ConfigSources): string | null {
  const asked = parsed(args);
  if (asked.help) return HELP;
  if (asked.version) return version(sources.env);
  return asked['check-config'] ? checkedConfig(sources) : null;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    const said = error instanceof Error ? error.message.split('. ', 1)[0] : String(error);
    throw new StartFailure(`${said}. Options: --check-config, --version, --help.`);
  }
}

/** With what a start would find out later, as far as it can be known without connecting. */
function checkedConfig(sources: ConfigSources): string {
  const read = readConfig(sources);
  const { databaseUrl, retention } = read.config;
  if (databaseUrl !== null) describeTarget(databaseUrl);
  const faults = [encryptionFault(read.config), archiveDirectoryFault(retention)].filter(
    (fault) => fault !== null,
  );
  if (faults.length > 0) throw new StartFailure(faults.join('\n'));
  return configReport(read);
}

function version(env: ConfigSources['env']): string {
  const { service_version, git_commit, build_time } = buildInfo(env);
  return `awe ${service_version} (commit ${git_commit}, built ${build_time})\n`;
}
