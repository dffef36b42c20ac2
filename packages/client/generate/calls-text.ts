import type { Operation } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';

/** The methods of the client, each with what the contract says of it, so that an editor shows it. */
export function callsText(): string {
  const methods = OPERATION_LIST.map(
    ([name, operation]) =>
      `${docstring(operation)}\n${name}(...input: Arguments<'${name}'>): Promise<Result<'${name}'>>;`,
  );
  return `import type { Arguments, Result } from '../input.ts';

/** One method for each operation of the service. Each throws an \`AweError\`. */
export interface Calls {
${methods.join('\n\n')}
}
`;
}

const WHO: Readonly<Record<Operation['access'], string>> = {
  public: 'Needs no token.',
  any: 'For any valid token.',
  viewer: 'For the roles AWE_VIEWER and AWE_ADMIN.',
  admin: 'For the role AWE_ADMIN.',
};

function docstring({ summary, description, access, method, path, errors }: Operation): string {
  const refusals = errors.map(
    ({ code, status, when }) => ` * @throws AweError \`${code}\` (${status}): ${when}`,
  );
  return [
    '/**',
    ` * ${summary}${/[.?!]$/.test(summary) ? '' : '.'}`,
    ' *',
    ` * ${description} ${WHO[access]} \`${method.toUpperCase()} ${path}\``,
    ...refusals,
    ' */',
  ].join('\n');
}
