import { nearestKey } from '@awe/server/config/nearest-key';

/** `: did you mean "any-n"?`, or nothing when no word that is known is near. A word that was begun counts as near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const begun = word.length > 1 ? known.find((each) => each.startsWith(word)) : undefined;
  // Of two characters everything is near.
  const meant = begun ?? (word.length > 2 ? nearestKey(word, known) : null);
  return meant === null ? '' : `: did you mean ${JSON.stringify(meant)}?`;
}
