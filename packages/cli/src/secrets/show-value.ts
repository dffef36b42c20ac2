import type { Schemas } from '@awe/client';
import type { Context } from '../context.ts';
import { printable } from '../output/printable.ts';

/** The option of commands that show a value. */
export const VALUE_ONLY = ['--value-only', 'print the value and nothing else, for a pipe'] as const;

/** Prints a secret with its value, the only time that anybody sees it. At a terminal that is worth a warning. */
export async function showValue(
  secret: Schemas['SecretValueOut'],
  valueOnly: boolean,
  { out }: Context,
): Promise<void> {
  if (out.terminal) {
    out.note(
      'This value is not shown again. It stays in the scrollback of this terminal: pipe it to where it is kept.',
    );
  }
  if (valueOnly) return out.line(secret.secret);
  await out.result(secret, () =>
    [
      `Secret:  ${secret.id}`,
      `Name:    ${printable(secret.name)}`,
      `Signs:   from ${secret.effective_at}`,
      `Value:   ${secret.secret}`,
    ].join('\n'),
  );
}
