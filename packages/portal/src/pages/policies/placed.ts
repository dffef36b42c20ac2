/** Items without an id of their own, each with its place as its key: for lists that are drawn whole. */
export function placed<Item>(items: readonly Item[]): { key: string; item: Item }[] {
  return items.map((item, place) => ({ key: String(place), item }));
}
