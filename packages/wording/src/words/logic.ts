import { policyWords } from '../strings/words.ts';
import { operationOf } from './operation.ts';
import { OPERATOR_WORDS } from './operator-words.ts';
import { atom, type Phrase } from './phrase.ts';

const words = policyWords.logic;

/** JSONLogic in plain words: `amount < 1000`. What there are no words for stays JSON. */
export function describeLogic(logic: unknown): string {
  return phraseOf(logic).text;
}

function phraseOf(logic: unknown): Phrase {
  if (logic === null || logic === undefined) return atom(words.nothing);
  if (Array.isArray(logic)) {
    return atom(logic.length === 0 ? words.noOne : logic.map((each) => phraseOf(each).text).join(', '));
  }
  const operation = operationOf(logic);
  const phrase = operation && OPERATOR_WORDS.get(operation.operator)?.(operation.operands, phraseOf);
  return phrase ?? atom(JSON.stringify(logic));
}
