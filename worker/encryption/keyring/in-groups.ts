/** Work on many files: each waits for the disk most of the time, so some are done side by side. */
const AT_A_TIME = 32;

/**
 * Does work on each. When one fails, those of its group come to their end, no further group begins, and the first failure
 * is thrown: afterwards nothing is under way. Class: as `work`.
 */
export async function inGroups<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    const settled = await Promise.allSettled(items.slice(at, at + AT_A_TIME).map(work));
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
