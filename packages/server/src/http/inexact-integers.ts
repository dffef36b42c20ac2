/**
 * `text`, which is JSON, read once more: a bigint stands where an integer beyond 2^53 - 1 was sent whose digits a number
 * does not keep. Reads with recursion, so only what is known not to be nested deeply.
 */
export function markInexactIntegers(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    const suspicious = typeof value === 'number' && isBeyondExactness(value);
    return suspicious && decimalOf(context?.source ?? '') !== decimalOf(String(value)) ? 0n : value;
  });
}

/** Whether an integer is so large that it may stand for another one that was sent. */
export function isBeyondExactness(number: number): boolean {
  return Number.isInteger(number) && !Number.isSafeInteger(number);
}

/** What a literal says, however it is written: its digits without zeros at the ends, and the power of ten they count. */
function decimalOf(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  let end = digits.length;
  // By hand: a pattern that ends in zeros would start anew at each zero of a long body.
  while (digits[end - 1] === '0') end -= 1;
  return `${sign}${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
