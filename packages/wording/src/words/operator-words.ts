import { policyWords } from '../strings/words.ts';
import { operationOf } from './operation.ts';
import { AND, atom, CHOICE, COMPARISON, NOT, OR, type Phrase, PRODUCT, SUM, within } from './phrase.ts';

type Describe = (logic: unknown) => Phrase;
/** Null: there are no words for these operands. */
type OperatorWords = (operands: readonly unknown[], describe: Describe) => Phrase | null;
type Two = (a: string, b: string) => string;

const words = policyWords;
const logic = words.logic;

/** How every operator reads; one that is missing here stays JSON. */
export const OPERATOR_WORDS: ReadonlyMap<string, OperatorWords> = new Map<string, OperatorWords>([
  ['var', variable],
  ['missing', missing],
  ['missing_some', missingSome],
  ['if', choice],
  ['?:', choice],
  ['and', chain(logic.and, AND)],
  ['or', chain(logic.or, OR)],
  ['!', negation],
  ['!!', ([operand], describe) => describe(operand)],
  ['==', equality(logic.is, logic.isMissing)],
  ['!=', equality(logic.isNot, logic.isGiven)],
  ['===', equality(logic.isExactly, logic.isMissing)],
  ['!==', equality(logic.isNotExactly, logic.isGiven)],
  ['<', ordering(' < ')],
  ['<=', ordering(' ≤ ')],
  ['>', ordering(' > ')],
  ['>=', ordering(' ≥ ')],
  ['+', chain(' + ', SUM)],
  ['-', difference],
  ['*', chain(' × ', PRODUCT)],
  ['/', chain(' ÷ ', PRODUCT)],
  ['%', chain(' mod ', PRODUCT)],
  ['min', ofList(logic.smallest)],
  ['max', ofList(logic.largest)],
  ['in', membership(logic.oneOf, logic.contains, logic.isIn)],
  ['cat', template],
  ['merge', (operands, describe) => atom(listed(operands, describe))],
  ['all', overList(logic.every)],
  ['some', overList(logic.some)],
  ['none', overList(logic.none)],
  ['filter', overList(logic.those)],
  ['map', overList((list, value) => logic.each(value, list))],
  ['log', ([operand], describe) => describe(operand)],
]);

function variable([name, fallback]: readonly unknown[], describe: Describe): Phrase | null {
  if (typeof name === 'object' && name !== null) return null;
  const text = name === '' || name === null || name === undefined ? logic.it : String(name);
  return atom(fallback === undefined ? text : logic.orIfMissing(text, describe(fallback).text));
}

function missing(operands: readonly unknown[]): Phrase | null {
  const names = namesIn(operands.flat());
  return names && { text: logic.isMissing(words.list(names, 'or')), binds: COMPARISON };
}

function missingSome([count, keys]: readonly unknown[], describe: Describe): Phrase | null {
  const names = Array.isArray(keys) ? namesIn(keys) : null;
  return names && { text: logic.fewerThan(describe(count).text, names.join(', ')), binds: COMPARISON };
}

function choice(operands: readonly unknown[], describe: Describe): Phrase {
  const parts: string[] = [];
  for (let i = 0; i < operands.length; i += 2) {
    const [condition, value] = [operands[i], operands[i + 1]];
    const isLast = i + 1 === operands.length;
    const said = within(describe(isLast ? condition : value), CHOICE);
    parts.push(isLast ? said : logic.choice(within(describe(condition), CHOICE), said));
  }
  return { text: parts.join(logic.otherwise), binds: CHOICE };
}

function chain(between: string, binds: number): OperatorWords {
  return (operands, describe) =>
    operands.length < 2
      ? describe(operands[0])
      : { text: operands.map((each) => within(describe(each), binds)).join(between), binds };
}

/** `not` reads better inside what it negates, where that has words of its own for it. */
function negation([operand]: readonly unknown[], describe: Describe): Phrase {
  const inner = operationOf(operand);
  const turned = inner && NEGATED.get(inner.operator)?.(inner.operands, describe);
  return turned ?? { text: logic.not(within(describe(operand), NOT)), binds: NOT };
}

const NEGATED: ReadonlyMap<string, OperatorWords> = new Map<string, OperatorWords>([
  ['in', membership(logic.noneOf, logic.containsNot, logic.isNotIn)],
  ['==', equality(logic.isNot, logic.isGiven)],
  ['!=', equality(logic.is, logic.isMissing)],
]);

function equality(say: Two, sayOfNull: (what: string) => string): OperatorWords {
  return ([a, b = null], describe) => {
    const [known, other] = a === null ? [b, a] : [a, b];
    const left = within(describe(known), COMPARISON);
    return {
      text: other === null ? sayOfNull(left) : say(left, within(describe(other), COMPARISON)),
      binds: COMPARISON,
    };
  };
}

/** Two, or three as in `1 < amount < 10`. */
function ordering(sign: string): OperatorWords {
  return (operands, describe) =>
    operands.length < 2 || operands.length > 3
      ? null
      : { text: operands.map((each) => within(describe(each), COMPARISON)).join(sign), binds: COMPARISON };
}

function difference(operands: readonly unknown[], describe: Describe): Phrase | null {
  const [a, b] = operands;
  if (operands.length === 1) return { text: `−${within(describe(a), PRODUCT)}`, binds: PRODUCT };
  if (operands.length !== 2) return null;
  const left = describe(a);
  // What is taken from a sum needs no brackets; what is taken away does.
  const said = left.binds >= SUM ? left.text : `(${left.text})`;
  return { text: `${said} − ${within(describe(b), SUM)}`, binds: SUM };
}

function membership(ofKnown: Two, ofText: Two, ofAny: Two): OperatorWords {
  return ([item, list], describe) => {
    const [what, where] = [within(describe(item), COMPARISON), within(describe(list), COMPARISON)];
    const isKnownItem = typeof item !== 'object' || item === null;
    const text = Array.isArray(list)
      ? ofKnown(what, where)
      : isKnownItem
        ? ofText(where, what)
        : ofAny(what, where);
    return { text, binds: COMPARISON };
  };
}

/** Text that is put together, as a template: `"u-{district}"`. */
function template(operands: readonly unknown[], describe: Describe): Phrase {
  const parts = operands.map((each) =>
    typeof each === 'string' ? each : typeof each === 'number' ? String(each) : `{${describe(each).text}}`,
  );
  return atom(JSON.stringify(parts.join('')));
}

function ofList(say: (list: string) => string): OperatorWords {
  return (operands, describe) => atom(say(listed(operands, describe)));
}

function overList(say: Two): OperatorWords {
  return ([list, body], describe) => ({
    text: say(within(describe(list), COMPARISON), within(describe(body), NOT)),
    binds: NOT,
  });
}

function listed(operands: readonly unknown[], describe: Describe): string {
  return words.list(
    operands.map((each) => within(describe(each), COMPARISON)),
    'and',
  );
}

function namesIn(keys: readonly unknown[]): string[] | null {
  return keys.length > 0 && keys.every((key) => typeof key === 'string') ? [...keys] : null;
}
