/**
 * Appends as they are written: what is of a customer is sealed, in the journal and in what people read of it. This is
 * done before the transaction, which waits for no key. Class: side effect (seals).
 */
import type { JournalEntry, Json } from '../../engine/model/index.js';
import { bytesText, isSealedUnder, type Seals } from '../sealing/index.js';
import { columnPlace, journalPlace } from '../sealing/places.js';
import type { StoredEntry } from './entries.js';
import { project } from './project.js';
import { TABLES } from './tables.js';
import type { Append, JournalInstance, ProjectionTable, RowChange } from './types.js';

/** An entry and what it changes, as the tables take them. */
export interface PreparedEntry {
  readonly row: StoredEntry;
  readonly changes: readonly RowChange[];
}

/** An append that is ready to be written. */
export interface PreparedAppend extends Append {
  /** One for each entry, in order. */
  readonly prepared: readonly PreparedEntry[];
}

/** Prepares an append. Errors: those of `Seals.seal`. */
export async function prepareAppend(append: Append, seals: Seals): Promise<PreparedAppend> {
  const { instance, entries } = append;
  const prepared = await Promise.all(entries.map((entry) => prepareEntry(entry, instance, seals)));
  return { ...append, prepared };
}

async function prepareEntry(
  entry: JournalEntry,
  instance: JournalInstance,
  seals: Seals,
): Promise<PreparedEntry> {
  const { instanceId, customerKeyId } = instance;
  const changes = project(entry, instance);
  const isOpen = !isSealedUnder(customerKeyId) || entry.data === null;
  const plain = { instanceId, ...entry, sealed: null };
  if (isOpen) return { row: plain, changes };
  const place = journalPlace(instanceId, entry.sequence);
  const [sealed, ...rows] = await Promise.all([
    seals.seal(customerKeyId, entry.data, place),
    ...changes.map((change) => sealChange(change, customerKeyId, seals)),
  ]);
  return { row: { ...plain, data: null, sealed: bytesText(sealed) }, changes: rows };
}

/** Columns that may hold what is personal. Names of elements and tasks, forms and candidates are of the model. */
const PERSONAL: Readonly<Partial<Record<ProjectionTable, string>>> = {
  variables: 'value',
  incidents: 'message',
  subscriptions: 'key',
};

/** A change as the table takes it, under this key. Errors: those of `Seals.seal`. Class: side effect. */
export async function sealChange(
  change: RowChange,
  keyId: string,
  seals: Seals,
): Promise<RowChange> {
  const { table, row } = change;
  const column = PERSONAL[table];
  // A change of other columns leaves what is sealed as it is.
  const isOpen = column === undefined || !(column in row) || !isSealedUnder(keyId);
  if (isOpen) return change;
  const value = (row[column] ?? null) as Json;
  const key = TABLES[table].key.map((name) => String(row[name]));
  const sealed = bytesText(await seals.seal(keyId, value, columnPlace(table, key, column)));
  const isVariable = table === 'variables';
  const mark = isVariable ? { mark: await seals.markOf(String(row.name), value) } : {};
  return { ...change, row: { ...row, [column]: null, sealed, ...mark } };
}
