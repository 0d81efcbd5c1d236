/**
 * How long instances of each process are kept after their end: what the latest version of its package says, also of
 * instances of versions before. Class: side effect (reads).
 */
import type { RetentionTerms, Store } from '../store/index.js';
import { DESCRIPTION_FILE } from './declarations.js';
import { readDescription } from './description.js';

/** What a package says of it. */
export interface Retained {
  readonly processId: string;
  readonly version: number;
  readonly name: string | null;
  /** Null: its package has no description. */
  readonly said: Said | null;
}

interface Said {
  /** ISO 8601 duration. */
  readonly term: string;
  readonly reason: { readonly en: string; readonly 'pt-BR': string };
}

/** Processes that are deployed at most; more are not thought of. */
const MOST = 10_000;

/** Reads it, of the latest version of each process. */
export async function readRetention({
  definitions,
}: Pick<Store, 'definitions'>): Promise<readonly Retained[]> {
  const { items } = await definitions.processes.search({ filter: { isLatest: true }, limit: MOST });
  return Promise.all(
    items.map(async ({ processId, version, name, packageHash }) => {
      const said = await saidIn(definitions, packageHash);
      return { processId, version, name, said };
    }),
  );
}

/** The terms alone. Class: pure. */
export function termsOf(retained: readonly Retained[]): RetentionTerms {
  return Object.fromEntries(
    retained.flatMap(({ processId, said }) => (said ? [[processId, bounded(said.term)]] : [])),
  );
}

/** A year, in each unit: the letters before the `T` of a duration, and those behind it. */
const A_YEAR: Readonly<Record<string, number>> = { Y: 1, M: 12, W: 52, D: 365 };
const A_YEAR_OF_TIME: Readonly<Record<string, number>> = { H: 8760, M: 525_600, S: 31_536_000 };
/** More than this is for good: no database counts further. */
const MOST_YEARS = 9000;

/** A duration that a database can count with; what is longer is as good as for ever. Class: pure. */
function bounded(term: string): string {
  const [days = '', time = ''] = term.slice(1).split('T');
  const yearsIn = (part: string, inYear: Readonly<Record<string, number>>): number =>
    [...part.matchAll(/(\d+)([A-Z])/g)].reduce(
      (sum, [, count = '', unit = '']) => sum + Number(count) / (inYear[unit] ?? 1),
      0,
    );
  const years = yearsIn(days, A_YEAR) + yearsIn(time, A_YEAR_OF_TIME);
  return years > MOST_YEARS ? `P${MOST_YEARS}Y` : term;
}

/** Packages never change: each is read once in a process. */
const read = new Map<string, Promise<Said | null>>();

function saidIn(definitions: Store['definitions'], hash: string): Promise<Said | null> {
  const known = read.get(hash);
  if (known !== undefined) return known;
  const reading = definitions.package(hash).then((found) => {
    const file = found?.files[DESCRIPTION_FILE];
    if (file === undefined) return null;
    const { description } = readDescription(file, DESCRIPTION_FILE);
    if (description === null) return null;
    const { instances: term, reason } = description.retention;
    return { term, reason };
  });
  read.set(hash, reading);
  // A database that was away is asked again.
  reading.catch(() => read.delete(hash));
  return reading;
}
