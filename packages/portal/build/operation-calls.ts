import { OPERATION_LIST } from '@awe/contract/operations';
import type { Plugin } from 'vite';

const NAME = 'virtual:operation-calls';

/**
 * How each operation is called, as the module `virtual:operation-calls`: method, path and access by name. The contract's
 * own table holds every schema too, which is many times the rest of a page.
 */
export function operationCalls(): Plugin {
  return {
    name: 'awe-operation-calls',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: (id) => {
      if (id !== `\0${NAME}`) return null;
      const calls = Object.fromEntries(
        OPERATION_LIST.map(([name, { method, path, access }]) => [
          name,
          { method: method.toUpperCase(), path, access },
        ]),
      );
      return `export const OPERATION_CALLS = ${JSON.stringify(calls)};`;
    },
  };
}
