/** What happened so far, in order, and a way to wait for more of it. */
export type Happenings<Item> = {
  readonly all: Item[];
  add: (item: Item) => void;
  /** Resolves once `count` items are there, with all of them. */
  reach: (count: number) => Promise<Item[]>;
  /** Resolves once there is an item that fits. */
  see: (fits: (item: Item) => boolean) => Promise<void>;
};

export function happenings<Item>(): Happenings<Item> {
  const all: Item[] = [];
  const waiting = new Set<() => void>();
  function until(enough: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!enough()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  }
  return {
    all,
    add(item) {
      all.push(item);
      for (const look of waiting) look();
    },
    reach: (count) => until(() => all.length >= count).then(() => all),
    see: (fits) => until(() => all.some(fits)),
  };
}
