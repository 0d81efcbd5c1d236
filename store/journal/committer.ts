/**
 * Group commit: appends that arrive while a transaction runs wait, and go together into the next one. The more
 * instances run at once, the larger the groups, and the cost of a transaction is shared.
 */
import { type Queryable, sqlState } from '../database.js';
import { StoreFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { type PreparedAppend, prepareAppend } from './prepare.js';
import type { Append } from './types.js';
import { type Written, writeAppends } from './write.js';

interface Waiting {
  readonly append: Append;
  /** Begins at once, beside the transaction that runs; null: it was refused. */
  readonly prepared: Promise<PreparedAppend | null>;
  readonly resolve: (written: { lastSequence: number }) => void;
  readonly reject: (error: unknown) => void;
}

/** Entries in one transaction: bounds its time and the size of its parameters. */
const GROUP_ENTRIES = 2_000;

/** How often a group that lost a race against another process is written again. */
const RACES = 3;

/** Unique violation, serialization failure, deadlock. Source: PostgreSQL 15, appendix A. */
const LOST_RACE: readonly (string | null)[] = ['23505', '40001', '40P01'];

/** Classes that one append's data can cause: data exception, constraint violation, limit exceeded. */
const DATA_FAULTS: readonly (string | undefined)[] = ['22', '23', '54'];

/** Writes appends in groups. */
export interface Committer {
  /** Errors: `STORE_JOURNAL_GAP`, `STORE_JOURNAL_STALE`, or the database's. Nothing of a refused append is stored. */
  readonly append: (append: Append) => Promise<{ lastSequence: number }>;
  /** Resolves when nothing is under way. */
  readonly drain: () => Promise<void>;
}

/** Makes the committer of a database; one transaction at a time. */
export function createCommitter(db: Queryable, seals: Seals): Committer {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    await Promise.resolve(); // lets the callers of this turn join the first group
    try {
      while (waiting.length > 0) {
        const group = waiting.slice(0, groupSize(waiting));
        waiting = waiting.slice(group.length);
        await writeGroup(db, seals, await readyOf(group));
      }
    } finally {
      running = null;
    }
  }

  return {
    append: (append) =>
      new Promise((resolve, reject) => {
        const prepared = prepareAppend(append, seals).catch((error: unknown) => {
          reject(error);
          return null;
        });
        waiting.push({ append, prepared, resolve, reject });
        running ??= run();
      }),
    drain: async () => {
      await running;
    },
  };
}

/** A group holds an instance once: what it has stored is compared with what comes next. */
function groupSize(waiting: readonly Waiting[]): number {
  let entries = 0;
  const instances = new Set<string>();
  const over = waiting.findIndex(({ append }) => {
    entries += append.entries.length;
    const isRepeated = instances.has(append.instance.instanceId);
    instances.add(append.instance.instanceId);
    return isRepeated || entries > GROUP_ENTRIES;
  });
  return over < 0 ? waiting.length : Math.max(over, 1);
}

interface Ready {
  readonly append: PreparedAppend;
  readonly resolve: Waiting['resolve'];
  readonly reject: Waiting['reject'];
}

/** Those of a group that may be written. */
async function readyOf(group: readonly Waiting[]): Promise<readonly Ready[]> {
  const prepared = await Promise.all(group.map((one) => one.prepared));
  return group.flatMap(({ resolve, reject }, index) => {
    const append = prepared[index];
    return append ? [{ append, resolve, reject }] : [];
  });
}

/** A group that fails over its data is written one by one, so that only the culprit is refused. */
async function writeGroup(db: Queryable, seals: Seals, group: readonly Ready[]): Promise<void> {
  if (group.length === 0) return;
  try {
    const appends = group.map(({ append }) => append);
    settle(group, await racing(() => writeAppends(db, seals, appends)));
  } catch (error) {
    const isDataFault = DATA_FAULTS.includes(sqlState(error)?.slice(0, 2));
    if (isDataFault && group.length > 1)
      for (const one of group) await writeGroup(db, seals, [one]);
    else for (const { reject } of group) reject(error);
  }
}

async function racing<T>(write: () => Promise<T>): Promise<T> {
  for (let race = 1; ; race += 1) {
    try {
      return await write();
    } catch (error) {
      if (race === RACES || !LOST_RACE.includes(sqlState(error))) throw error;
    }
  }
}

function settle(group: readonly Ready[], written: readonly Written[]): void {
  group.forEach(({ resolve, reject }, index) => {
    const outcome = written[index];
    if (outcome instanceof StoreFailure) reject(outcome);
    else if (outcome) resolve(outcome);
  });
}
