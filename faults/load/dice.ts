/** Choices that a seed replays. */
export type Dice = {
  /** A whole number from 0 to `sides - 1`. */
  roll: (sides: number) => number;
  chance: (probability: number) => boolean;
  /** One of `list`, which is not empty. */
  pick: <T>(list: readonly T[]) => T;
  /** One of the keys, each as often as its weight says. */
  weigh: <Key extends string>(weights: Readonly<Record<Key, number>>) => Key;
};

/** Dice of their own for everybody who throws: `path` keeps the throws of one from shifting those of another. */
export function createDice(seed: number, ...path: number[]): Dice {
  let state = path.reduce((mixed, step) => scramble(mixed + step + 1), scramble(seed));
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return scramble(state) / 2 ** 32;
  };
  const roll = (sides: number) => Math.floor(next() * sides);
  return {
    roll,
    chance: (probability) => next() < probability,
    pick: (list) => list[roll(list.length)]!,
    weigh: (weights) => {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return entries.at(-1)![0];
    },
  };
}

/** Each bit of the outcome hangs on each bit of `value`: what makes a plain counter look random. */
function scramble(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
