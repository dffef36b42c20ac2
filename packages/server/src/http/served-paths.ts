import { BASE_PATH } from '@awe/contract/operation';
import { OPERATION_LIST } from '@awe/contract/operations';
import type { FastifyRequest } from 'fastify';
import { CallFault } from './call-fault.ts';

export const OPENAPI_PATH = `${BASE_PATH}/openapi.json`;
export const POLICY_SCHEMA_PATH = `${BASE_PATH}/policy.schema.json`;
export const DOCS_PATH = `${BASE_PATH}/docs`;
export const REDOC_PATH = `${BASE_PATH}/redoc`;
/** Where scrapers look, whatever the API's own base is. */
export const METRICS_PATH = '/metrics';

type ServedPath = { segments: string[]; methods: Set<string> };

const SERVED = servedPaths();

/** Why a call found no route: the path is served, but not by this method, or it is not served at all. */
export function nothingThere(request: FastifyRequest): CallFault {
  const path = request.raw.url?.split('?', 1)[0] ?? '';
  const methods = methodsAt(path);
  if (methods.length > 0) {
    const allow = methods.join(', ');
    return new CallFault(
      'no_such_method',
      `${request.method} is not served at this path, but ${allow}. Compare the call with ${OPENAPI_PATH}.`,
      { allow },
    );
  }
  return new CallFault(
    'no_such_path',
    `Nothing is served at this path. Compare it with ${OPENAPI_PATH}; paths have no slash at the end.`,
  );
}

/** The methods served at a path, in alphabetical order; none when there is no such path. */
function methodsAt(path: string): string[] {
  const segments = path.split('/');
  const methods = new Set<string>();
  for (const served of SERVED) {
    if (matches(served.segments, segments)) for (const method of served.methods) methods.add(method);
  }
  return [...methods].sort();
}

function matches(served: string[], segments: string[]): boolean {
  return (
    served.length === segments.length &&
    served.every((name, index) => {
      const segment = segments[index] ?? '';
      return name.startsWith('{') ? segment !== '' : name === segment;
    })
  );
}

function servedPaths(): ServedPath[] {
  const served = new Map<string, Set<string>>();
  const add = (path: string, method: string) => {
    const methods = served.get(path) ?? new Set();
    methods.add(method.toUpperCase());
    if (method === 'get') methods.add('HEAD');
    served.set(path, methods);
  };
  for (const [, operation] of OPERATION_LIST) add(operation.path, operation.method);
  for (const path of [OPENAPI_PATH, POLICY_SCHEMA_PATH, DOCS_PATH, REDOC_PATH, METRICS_PATH])
    add(path, 'get');
  return [...served].map(([path, methods]) => ({ segments: path.split('/'), methods }));
}
