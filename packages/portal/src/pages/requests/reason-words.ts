import { t } from '../../strings/t.ts';

const { reasons } = t.requests;

/** Why a stage or a request ended; what people wrote themselves is shown as they wrote it. */
export function reasonWords(reason: string): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : reason;
}
