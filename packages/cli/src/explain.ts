import type { Command } from 'commander';

export type Role = 'none' | 'any' | 'assignee' | 'AWE_VIEWER' | 'AWE_ADMIN';

const ROLES: Readonly<Record<Role, string>> = {
  none: 'no token is needed',
  any: 'any valid token',
  assignee: 'the assignee of the task, or AWE_ADMIN',
  AWE_VIEWER: 'AWE_VIEWER or AWE_ADMIN',
  AWE_ADMIN: 'AWE_ADMIN',
};

/** `examples`: command lines without `awe`, each with what it does. */
export type Explanation = { role: Role; examples: readonly (readonly [commandLine: string, does: string])[] };

const explanations = new WeakMap<Command, Explanation>();

/** Adds to the help of a command who may call it and how it is used; every command that does something has it. */
export function explain<Kind extends Command>(command: Kind, explanation: Explanation): Kind {
  explanations.set(command, explanation);
  const { role, examples } = explanation;
  const lines = examples.map(([line, does]) => `  # ${does}\n  $ awe ${line}`);
  return command.addHelpText('after', `\nRole: ${ROLES[role]}\n\nExamples:\n${lines.join('\n')}`);
}

export function explanationOf(command: Command): { role: string; examples: Explanation['examples'] } | null {
  const found = explanations.get(command);
  return found ? { role: ROLES[found.role], examples: found.examples } : null;
}
