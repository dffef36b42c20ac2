import type { Command } from 'commander';
import type { Context } from './context.ts';

export type Entry = {
  name: string;
  summary: string;
  group: 'Approvals:' | 'Administration:' | 'The service:' | 'This program:';
  /** Loads the command with all that it needs; the others stay where they are. */
  load: (context: Context) => Promise<Command>;
};

/** Every command by its first word, in the order of the help. */
export const COMMANDS: readonly Entry[] = [
  {
    name: 'request',
    summary: 'ask for approvals, and follow them',
    group: 'Approvals:',
    load: async (context) => (await import('./requests/command.ts')).requestCommand(context),
  },
  {
    name: 'task',
    summary: 'see what waits for whom, and decide',
    group: 'Approvals:',
    load: async (context) => (await import('./tasks/command.ts')).taskCommand(context),
  },
  {
    name: 'policy',
    summary: 'keep policies as files: validate, compare, simulate, apply',
    group: 'Administration:',
    load: async (context) => (await import('./policies/command.ts')).policyCommand(context),
  },
  {
    name: 'delegation',
    summary: 'let one person stand in for another',
    group: 'Administration:',
    load: async (context) => (await import('./delegations/command.ts')).delegationCommand(context),
  },
  {
    name: 'delivery',
    summary: 'see webhooks on their way, and send them again',
    group: 'Administration:',
    load: async (context) => (await import('./deliveries/command.ts')).deliveryCommand(context),
  },
  {
    name: 'secret',
    summary: 'make and rotate the secrets that sign webhooks',
    group: 'Administration:',
    load: async (context) => (await import('./secrets/command.ts')).secretCommand(context),
  },
  {
    name: 'audit',
    summary: 'read what administrators did',
    group: 'Administration:',
    load: async (context) => (await import('./audit/command.ts')).auditCommand(context),
  },
  {
    name: 'export',
    summary: 'write the whole log to a file, for an auditor or an archive',
    group: 'Administration:',
    load: async (context) => (await import('./integrity/export-command.ts')).exportCommand(context),
  },
  {
    name: 'verify',
    summary: 'show that nobody changed the log',
    group: 'Administration:',
    load: async (context) => (await import('./integrity/verify-command.ts')).verifyCommand(context),
  },
  {
    name: 'serve',
    summary: 'run the service',
    group: 'The service:',
    load: async (context) => (await import('./service/serve.ts')).serveCommand(context),
  },
  {
    name: 'migrate',
    summary: 'bring the database up to this version, and nothing else',
    group: 'The service:',
    load: async (context) => (await import('./service/migrate.ts')).migrateCommand(context),
  },
  {
    name: 'import',
    summary: 'take over the database of the reference implementation',
    group: 'The service:',
    load: async (context) => (await import('./import/command.ts')).importCommand(context),
  },
  {
    name: 'demo',
    summary: 'watch five approvals go through a real service',
    group: 'The service:',
    load: async (context) => (await import('./service/demo.ts')).demoCommand(context),
  },
  {
    name: 'token',
    summary: 'make an unsigned token for a service in development',
    group: 'The service:',
    load: async (context) => (await import('./service/token.ts')).tokenCommand(context),
  },
];
