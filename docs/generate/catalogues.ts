import { errorsDocument } from './errors.ts';
import { eventsDocument } from './events.ts';

/** The pages that are generated from code, by their paths from the root. */
export const CATALOGUES: readonly [path: string, text: () => string][] = [
  ['docs/errors.md', errorsDocument],
  ['docs/events.md', eventsDocument],
];
