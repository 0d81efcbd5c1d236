/** The customer record: what is known of customers, sealed under the key of each. */
import { and, getTableColumns, inArray, isNotNull } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Act } from '../audit/index.js';
import type { Queryable } from '../database.js';
import { erasedAmong } from '../erasure/suppressions.js';
import type { Viewer } from '../portfolio/viewer.js';
import type { Mark } from '../registry/customers.js';
import { activeResources } from '../registry/resources.js';
import { customerMarks, plans } from '../registry/tables.js';
import { type Page, type Search, search } from '../search/index.js';
import { tableOf } from './columns.js';
import { type EntityDeclaration, type ReadRow, SEALED_COLUMNS } from './declaration.js';
import { CONTACT, CUSTOMER, SUBSCRIPTION } from './entities/index.js';
import { type ListedExport, searchExports } from './export-search.js';
import { type Having, havingCondition } from './having.js';
import {
  countLines,
  type EndedImport,
  endImport,
  endSilentImports,
  type ImportOf,
} from './imports.js';
import { linkKey } from './keys.js';
import { keyForNew, type NewKey } from './new-key.js';
import { createRecordTable, type RecordTable } from './record-table.js';
import { type RowsOf, rowPages } from './row-pages.js';
import type { CustomerKeys, Sealer } from './sealer.js';
import { type NewCustomer, type Taking, takeCustomers } from './take.js';

export {
  CLASSES,
  type DataClass,
  type EntityDeclaration,
  entity,
  type FieldDeclaration,
  RETENTIONS,
  type ReadRow,
  type RowOf,
  SEALED_COLUMNS,
  sealedClassesOf,
} from './declaration.js';
export * from './entities/index.js';
export { exportsOfInstances, type ListedExport } from './export-search.js';
export type { Having } from './having.js';
export type { EndedImport, ImportCounts, ImportOf } from './imports.js';
export { customersOfInstances } from './instances.js';
export type { CustomerKeyring, KeyedCustomer } from './keys.js';
export type { NewKey } from './new-key.js';
export type { RecordTable, RowKey } from './record-table.js';
export type { RowsOf } from './row-pages.js';
export type { CustomerKeys, Sealer } from './sealer.js';
export type { NewCustomer, Taking } from './take.js';

/** A customer as it is read. */
export type CustomerRow = ReadRow<typeof CUSTOMER>;

/** A customer with its contacts and subscriptions. */
export interface WholeCustomer {
  readonly customer: CustomerRow;
  readonly contacts: readonly ReadRow<typeof CONTACT>[];
  readonly subscriptions: readonly ReadRow<typeof SUBSCRIPTION>[];
}

/** By what customers may be filtered. */
export interface CustomerFilters {
  readonly plans: readonly { readonly planId: string; readonly name: string }[];
  readonly stages: readonly string[];
}

/** The record as a transaction sees it. */
export interface RecordTables {
  /** Reads and writes the table of a declaration. */
  readonly table: <E extends EntityDeclaration>(declaration: E) => RecordTable<E>;
  /** Notes that what is under a key, such as that of an instance, is data of this customer, too. */
  readonly linkKey: (customerId: string, keyId: string) => Promise<void>;
}

/** The record. */
export interface CustomerRecord extends RecordTables {
  /** The record within a transaction: what is read and written goes with it. */
  readonly within: (tx: Queryable) => RecordTables;
  /**
   * The key that a customer takes who is new to the record: the one that is wanted, unless it is somebody's already. To
   * be asked for outside of transactions. Errors: those of keys.
   */
  readonly keyForNew: (wanted: string) => Promise<NewKey>;
  /** Ids of the contacts that a process has granted access to. */
  readonly grantedContacts: (customerId: string) => Promise<ReadonlySet<string>>;
  /**
   * Takes the lines of an import in one transaction; `rejected` of them were not fit to be taken.
   * @returns what became of each customer. Errors: `IMPORT_INTERRUPTED`, those of keys and sealer.
   */
  readonly take: (
    customers: readonly NewCustomer[],
    of: ImportOf,
    rejected: number,
  ) => Promise<readonly Taking[]>;
  /** Ends an import. @returns what it came to. Errors: `IMPORT_INTERRUPTED` when it was ended before */
  readonly endImport: (of: ImportOf) => Promise<EndedImport>;
  /** Ends imports of which nothing was heard for so long, each with a row in the audit table. */
  readonly endSilentImports: (
    silentForMs: number,
    actOf: (ended: EndedImport) => Act,
  ) => Promise<void>;
  /** All rows of a customer in the order of their keys, page by page. Errors: those of `Sealer.open`. */
  readonly pages: <E extends EntityDeclaration>(
    declaration: E,
    of: RowsOf,
  ) => AsyncGenerator<readonly ReadRow<E>[]>;
  /** Those of these hashes of addresses that are of somebody who was erased. */
  readonly erasedAmong: (hashes: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Ids of the plans that customers can have. */
  readonly planIds: () => Promise<readonly string[]>;
  /** Plans that customers can have, and stages that those have whom this person sees. */
  readonly filters: (seenBy?: Viewer) => Promise<CustomerFilters>;
  /** Exports, newest first, without who fetched them. Errors: those of `search`. */
  readonly searchExports: (query: Search) => Promise<Page<ListedExport>>;
  /** A customer and what belongs to it; null: there is none. Errors: those of `Sealer.open`. */
  readonly get: (customerId: string) => Promise<WholeCustomer | null>;
  /**
   * Customers by what stands in the open, and by marks of what does not: one of each group must fit. Newest first.
   * Errors: those of `search` and of `Sealer.open`.
   */
  readonly search: (
    query: Search,
    marks: readonly (readonly Mark[])[],
    having?: Having,
  ) => Promise<Page<CustomerRow>>;
}

const CUSTOMERS = tableOf(CUSTOMER);
const SEALED: readonly string[] = Object.values(SEALED_COLUMNS);
const OPEN: Readonly<Record<string, AnyPgColumn>> = Object.fromEntries(
  Object.entries(getTableColumns(CUSTOMERS) as Readonly<Record<string, AnyPgColumn>>).filter(
    ([name]) => !SEALED.includes(name),
  ),
);

const SEARCHABLE = {
  table: CUSTOMERS,
  fields: OPEN,
  key: ['customerId'],
  sort: [{ field: 'createdAt', order: 'DESC' }],
} as const;

/** Makes it. */
export function createCustomerRecord(
  db: Queryable,
  sealer: Sealer,
  keys: CustomerKeys,
): CustomerRecord {
  const table = <E extends EntityDeclaration>(declaration: E): RecordTable<E> =>
    createRecordTable(db, declaration, sealer);
  return {
    table,
    linkKey: (customerId, keyId) => linkKey(db, customerId, keyId),
    within: (tx) => ({
      table: (declaration) => createRecordTable(tx, declaration, sealer),
      linkKey: (customerId, keyId) => linkKey(tx, customerId, keyId),
    }),
    keyForNew: (wanted) => keyForNew(db, keys, wanted),
    grantedContacts: async (customerId) => {
      const granted = await activeResources(db, 'access', { customerId });
      return new Set(granted.map(({ detail }) => String(detail.contactId)));
    },
    take: (customers, of, rejected) =>
      takeCustomers({ db, sealer, keys }, customers, (tx, takings) => {
        const counted = (outcome: Taking['outcome']): number =>
          takings.filter((one) => one.outcome === outcome).length;
        const lines = {
          taken: counted('taken'),
          unchanged: counted('unchanged'),
          known: counted('known'),
          rejected,
        };
        return countLines(tx, of, lines);
      }),
    endImport: (of) => endImport(db, of),
    endSilentImports: (silentForMs, actOf) => endSilentImports(db, silentForMs, actOf),
    pages: (declaration, of) => rowPages(db, declaration, sealer, of),
    erasedAmong: (hashes) => erasedAmong(db, hashes),
    planIds: async () => {
      const rows = await db.select({ planId: plans.planId }).from(plans).orderBy(plans.planId);
      return rows.map(({ planId }) => planId);
    },
    filters: async (seenBy) => {
      const { planId, name, mostSeats } = plans;
      const known = await db.select({ planId, name }).from(plans).orderBy(mostSeats);
      const seen = seenBy && havingCondition(CUSTOMERS.customerId, { seenBy });
      const { stage } = OPEN as { readonly stage: AnyPgColumn };
      const rows = await db
        .selectDistinct({ stage })
        .from(CUSTOMERS)
        .where(and(isNotNull(stage), seen))
        .orderBy(stage);
      return { plans: known, stages: rows.map((row) => String(row.stage)) };
    },
    searchExports: (query) => searchExports(db, query),
    get: async (customerId) => {
      const customer = await table(CUSTOMER).get(customerId);
      if (!customer) return null;
      const contacts = await table(CONTACT).of([customerId]);
      return { customer, contacts, subscriptions: await table(SUBSCRIPTION).of([customerId]) };
    },
    search: async (query, marks, having = {}) => {
      const marked = marks.map((some) => inArray(CUSTOMERS.customerId, markedBy(db, some)));
      const where = and(...marked, havingCondition(CUSTOMERS.customerId, having));
      const page = await search<{ customerId: string }, string>(db, SEARCHABLE, query, where);
      const ids = page.items.map(({ customerId }) => customerId);
      const rows = ids.length > 0 ? await table(CUSTOMER).of(ids) : [];
      const byId = new Map(rows.map((row) => [row.customerId, row]));
      return { ...page, items: ids.flatMap((id) => byId.get(id) ?? []) };
    },
  };
}

/** Ids of the customers that have one of the marks, which are of one kind. */
function markedBy(db: Queryable, marks: readonly Mark[]) {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  const texts = marks.map(({ mark }) => mark);
  return db
    .select({ customerId: customerMarks.customerId })
    .from(customerMarks)
    .where(and(inArray(customerMarks.kind, kinds), inArray(customerMarks.mark, texts)));
}
