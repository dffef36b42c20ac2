import type { Operation } from '@awe/contract/operation';
import { OPERATION_LIST, type OperationName } from '@awe/contract/operations';
import type { Call } from './call.ts';
import { type Who, withRole } from './who.ts';

const JSON_TYPE = [['Content-Type', 'application/json']] as const;
const NOBODYS_ID = '01970000-0000-7000-8000-00000000dead';

/**
 * For each operation the refusals that need no state, one call each: chance alone reaches some of them too seldom to
 * miss them when they are gone. What each must be answered with, the verdict knows.
 */
export function sureCalls(): Call[] {
  return OPERATION_LIST.flatMap(([name, operation]) => callsOf(name, operation));
}

function callsOf(name: OperationName, operation: Operation): Call[] {
  const { access, method, path, params, query, body, examples } = operation;
  const inPath = Object.keys(params?.properties ?? {});
  const good: Call = {
    operation: name,
    method: method.toUpperCase(),
    path: path.replaceAll(/\{(\w+)\}/g, (_, step: string) => (step === 'version' ? '1' : NOBODYS_ID)),
    headers: body ? JSON_TYPE : [],
    body: body ? { kind: 'json', text: JSON.stringify(examples.body) } : { kind: 'none' },
    who: access === 'public' ? { kind: 'nobody' } : withRole('admin'),
    shape: 'right',
    type: 'right',
    id: inPath.length > 0 ? 'made up' : 'kept',
    pick: 0,
    wanted: null,
  };
  const weaker: Who = access === 'admin' ? withRole('viewer') : { kind: 'claims', sub: 'ann', more: {} };
  const calls: Call[] = [{ ...good, who: { kind: 'nobody' } }];
  if (access === 'admin' || access === 'viewer') calls.push({ ...good, who: weaker });
  if (inPath.length > 0) calls.push(good);
  if (method !== 'get') calls.push({ ...good, body: { kind: 'filler', bytes: 300_000 } });
  if (body) {
    calls.push({ ...good, headers: [['Content-Type', 'text/plain']], type: 'wrong' });
    calls.push({ ...good, body: { kind: 'json', text: '{' } });
  }
  if (inPath.includes('version'))
    calls.push({ ...good, path: good.path.replace('/1', '/one'), shape: 'wrong', id: 'unknown' });
  if (query) {
    const wrong = query.properties.limit ? 'limit=0' : `${Object.keys(query.properties)[0]}=%00`;
    calls.push({ ...good, path: `${path}?${wrong}`, shape: 'wrong' });
  }
  return calls;
}
