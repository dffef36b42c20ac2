import { t } from '../../strings/t.ts';

const words = t.deliveries.events;

/** The types of events that are sent, as choices. */
export const EVENT_CHOICES = Object.entries(words).map(([value, label]) => ({ value, label }));

/** An event type as people say it; one that is not known here as it came. */
export function eventInWords(type: string): string {
  return Object.hasOwn(words, type) ? words[type as keyof typeof words] : type;
}
