/** Which options fit `audit verify` and `audit export`. Class: pure. */
import { misuse, type Options } from '../engine-context.js';

const OF_LISTS = ['fields', 'limit', 'sort', 'all', 'by', 'since', 'refused', 'checkpoint'];

/** Refuses those that choose what is listed, but for the ones that are `allowed`. */
export function refuseOptions(options: Options, allowed: readonly string[]): void {
  const wrong = OF_LISTS.find((name) => options[name] !== undefined && !allowed.includes(name));
  if (wrong) throw misuse(`no --${wrong} here`, 'it is for other commands of the audit');
}
