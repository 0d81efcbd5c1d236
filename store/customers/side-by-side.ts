/** How many values are sealed or opened at a time: their keys come from files, and a process may open only so many. */
const AT_A_TIME = 32;

/** Does work on each, some at a time. @returns what came of it, in their order. Class: as `work`. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    const group = items.slice(at, at + AT_A_TIME);
    results.push(...(await Promise.all(group.map((item, index) => work(item, at + index)))));
  }
  return results;
}
