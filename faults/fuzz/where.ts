import type { Operation } from '@awe/contract/operation';
import { OPERATION_LIST, type OperationName } from '@awe/contract/operations';

/**
 * The operation that a call reaches by its method and its path as sent; null when none is served there. Written anew,
 * and not taken from the service, so that the two can disagree.
 */
export function reached(
  method: string,
  sentPath: string,
): { name: OperationName; operation: Operation } | null {
  const path = sentPath.split(/[?#]/, 1)[0] ?? '';
  const steps = path.split('/');
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  for (const [name, operation] of OPERATION_LIST) {
    if (operation.method === wanted && fits(operation.path.split('/'), steps)) return { name, operation };
  }
  return null;
}

function fits(template: string[], steps: string[]): boolean {
  return (
    template.length === steps.length &&
    template.every((each, index) => (each.startsWith('{') ? steps[index] !== '' : each === steps[index]))
  );
}
