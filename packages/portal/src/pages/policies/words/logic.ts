import { t } from '../../../strings/t.ts';
import { OPERATOR_WORDS } from './operator-words.ts';
import { ATOM, type Phrase } from './phrase.ts';

const words = t.policies.words.logic;

/** JSONLogic in plain words: `amount < 1000`. What there are no words for stays JSON. */
export function describeLogic(logic: unknown): string {
  return phraseOf(logic).text;
}

function phraseOf(logic: unknown): Phrase {
  if (logic === null || logic === undefined) return atom(words.nothing);
  if (Array.isArray(logic)) {
    return atom(logic.length === 0 ? words.noOne : logic.map((each) => phraseOf(each).text).join(', '));
  }
  if (typeof logic !== 'object') return atom(JSON.stringify(logic));
  const [entry, ...others] = Object.entries(logic);
  if (!entry || others.length > 0) return atom(JSON.stringify(logic));
  const [operator, given] = entry;
  const operands: readonly unknown[] = Array.isArray(given) ? given : [given];
  return OPERATOR_WORDS.get(operator)?.(operands, phraseOf) ?? atom(JSON.stringify(logic));
}

function atom(text: string): Phrase {
  return { text, binds: ATOM };
}
