/**
 * Group commit: what arrives while a statement is in flight shares the next one. There is no timer: an idle server runs
 * a single item at once, a busy one runs few large statements. `lanes` statements may be in flight together.
 */
export type BatchOptions<Item, Result> = {
  run: (items: Item[]) => Promise<Result[]>;
  /** Most items in one statement. */
  size: number;
  lanes: number;
  /** Items with the same key never share a statement; the later one waits for the next. */
  keyOf?: (item: Item) => string;
  /** Told the size of each batch that ran. */
  onBatch?: (size: number) => void;
};

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

export function createBatch<Item, Result>(
  options: BatchOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = 0;

  function take(): Waiting<Item, Result>[] {
    const { keyOf, size } = options;
    if (!keyOf) return waiting.splice(0, size);
    const taken: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    const keys = new Set<string>();
    for (const each of waiting) {
      const key = keyOf(each.item);
      if (taken.length >= size || keys.has(key)) later.push(each);
      else taken.push(each);
      keys.add(key);
    }
    waiting = later;
    return taken;
  }

  async function drain(): Promise<void> {
    running += 1;
    try {
      while (waiting.length > 0) {
        const batch = take();
        options.onBatch?.(batch.length);
        await options.run(batch.map((each) => each.item)).then(
          (results) => settle(batch, results),
          (error: unknown) => {
            for (const each of batch) each.reject(error);
          },
        );
      }
    } finally {
      running -= 1;
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Deferred by one turn, so that what is ready in the same turn of the event loop goes along.
      if (running < options.lanes && waiting.length === 1) setImmediate(() => void drain());
    });
}

function settle<Item, Result>(batch: Waiting<Item, Result>[], results: Result[]): void {
  for (const [index, each] of batch.entries()) {
    const result = results[index];
    if (index < results.length) each.resolve(result as Result);
    else each.reject(new Error('the batch gave fewer results than it had items'));
  }
}
