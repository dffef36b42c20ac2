import type { SimulateRequest } from '@awe/contract/simulation';
import { t } from '../../../strings/t.ts';

const words = t.policies.page.simulate;

export type Context = NonNullable<SimulateRequest['context']>;
export type ReadContext = { ok: true; context: Context } | { ok: false; fault: string };

/** The context that was typed; nothing at all is an empty one. */
export function readContext(text: string): ReadContext {
  if (text.trim() === '') return { ok: true, context: {} };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ok: true, context: value as Context } : { ok: false, fault: words.notObject };
  } catch (error) {
    return { ok: false, fault: words.notJson(error instanceof Error ? error.message : String(error)) };
  }
}

/** For the field: as it is read best. */
export function writtenContext(context: Context): string {
  return JSON.stringify(context, null, 2);
}
