/** The customers of a running engine: files of them are taken into the record, and they are found and read. */
import { addressHash } from '../../activities/mail/suppression.js';
import type { Fingerprint } from '../../activities/order/marks.js';
import { COUNTRIES } from '../../activities/standard-codes.js';
import type { CustomerLine, LineResult } from '../../contracts/customers.js';
import {
  type Act,
  type CustomerRecord,
  type CustomerRow,
  type EndedImport,
  EXPORT,
  type Having,
  type ImportCounts,
  type ImportOf,
  INVOICE,
  type ListedExport,
  type NewCustomer,
  type Page,
  type ReadRow,
  type Search,
  type WholeCustomer,
} from '../../store/index.js';
import { type CustomerValues, type ReadLine, readLine, WAS_ERASED } from './line.js';
import { mailMarks, newCustomer, taxIdMarks } from './new-customer.js';

/** What they lean on. `fingerprint` makes the hashes by which a customer is known again. */
export interface CustomersOptions {
  readonly record: CustomerRecord;
  readonly fingerprint: Fingerprint;
}

/** Customers by what is personal: the whole tax id, or the whole address. */
export interface Look {
  readonly taxId: string | null;
  readonly mail: string | null;
}

/** The customers. */
export interface Customers {
  /** Takes lines in one transaction, those that are fit. @returns what became of each, in their order */
  readonly importLines: (
    of: ImportOf,
    lines: readonly CustomerLine[],
    unreadable: number,
  ) => Promise<readonly LineResult[]>;
  /** @returns what the import came to. Errors: `IMPORT_INTERRUPTED`: nobody sent its lines for long, and it was ended before */
  readonly endImport: (of: ImportOf) => Promise<ImportCounts>;
  /** Ends imports whose sender is gone, and notes in the audit what they came to. */
  readonly endSilentImports: () => Promise<void>;
  /** Null: there is none. Errors: those of `Sealer.open`. */
  readonly get: (customerId: string) => Promise<WholeCustomer | null>;
  /** What it was billed, each as it stands now, newest first. Errors: those of `Sealer.open`. */
  readonly invoices: (customerId: string) => Promise<readonly ReadRow<typeof INVOICE>[]>;
  /** Errors: those of searches and of `Sealer.open`. */
  readonly search: (query: Search, look: Look, having?: Having) => Promise<Page<CustomerRow>>;
  /** Exports, newest first. Errors: those of searches. */
  readonly searchExports: (query: Search) => Promise<Page<ListedExport>>;
  /** One of them with who fetched it; null: there is none. Errors: those of `Sealer.open`. */
  readonly getExport: (exportId: string) => Promise<ReadRow<typeof EXPORT> | null>;
}

/** An import is given up when nothing was heard of it for so long. */
const SILENT_MS = 10 * 60 * 1000;

/** Makes them. Class: side effect. */
export function createCustomers({ record, fingerprint }: CustomersOptions): Customers {
  return {
    importLines: async (of, lines, unreadable) => {
      const plans = new Set(await record.planIds());
      const told = lines.map(({ cells }) => readLine(cells, plans));
      const read = await withoutErased({ record, fingerprint }, told);
      const fresh = await Promise.all(read.map((one) => made(one, fingerprint)));
      const fit = fresh.filter((one) => one !== null);
      const takings = await record.take(fit, of, lines.length - fit.length + unreadable);
      const outcomes = takings[Symbol.iterator]();
      return lines.map(({ line }, index): LineResult => {
        const faults = read[index]?.faults;
        if (faults) return { line, outcome: 'rejected', faults: [...faults] };
        const { outcome = 'known', customerId = '' } = outcomes.next().value ?? {};
        return { line, outcome, customerId };
      });
    },
    endImport: async (of) => countsOf(await record.endImport(of)),
    endSilentImports: () => record.endSilentImports(SILENT_MS, interrupted),
    get: record.get,
    searchExports: record.searchExports,
    invoices: async (customerId) => standing(await record.table(INVOICE).of([customerId])),
    getExport: (exportId) => record.table(EXPORT).get(exportId),
    search: async (query, { taxId, mail }, having) => {
      const marks = [
        ...(taxId === null ? [] : [await taxIdMarks(taxId, COUNTRIES, fingerprint)]),
        ...(mail === null ? [] : [await mailMarks(mail, fingerprint)]),
      ];
      return record.search(query, marks, having);
    },
  };
}

/** The lines with those rejected that would take somebody in who was erased; whom the record has is compared as ever. */
async function withoutErased(
  { record, fingerprint }: CustomersOptions,
  lines: readonly ReadLine[],
): Promise<readonly ReadLine[]> {
  const hashOf = ({ values }: ReadLine) =>
    values === null ? '' : addressHash({ fingerprint }, values.contactMail);
  const hashes = await Promise.all(lines.map(hashOf));
  const erased = await record.erasedAmong(hashes);
  const isNew = async ({ taxId, country }: CustomerValues): Promise<boolean> => {
    const marks = await taxIdMarks(taxId, [country], fingerprint);
    return (await record.search({ limit: 1 }, [marks])).items.length === 0;
  };
  return Promise.all(
    lines.map(async (line, index) => {
      const { values } = line;
      if (values === null || !erased.has(hashes[index] ?? '')) return line;
      return (await isNew(values)) ? WAS_ERASED : line;
    }),
  );
}

/** Each change is a row of its own: the last one stands. */
function standing(rows: readonly ReadRow<typeof INVOICE>[]): readonly ReadRow<typeof INVOICE>[] {
  const newest = new Map<string, ReadRow<typeof INVOICE>>();
  for (const row of rows) {
    const before = newest.get(row.invoiceId);
    if (before === undefined || before.revision < row.revision) newest.set(row.invoiceId, row);
  }
  return [...newest.values()].sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1));
}

function made({ values }: ReadLine, fingerprint: Fingerprint): Promise<NewCustomer | null> {
  return values === null ? Promise.resolve(null) : newCustomer(values, fingerprint, Date.now());
}

function countsOf({ taken, unchanged, known, rejected }: ImportCounts): ImportCounts {
  return { taken, unchanged, known, rejected };
}

function interrupted(ended: EndedImport): Act {
  return {
    at: new Date().toISOString(),
    actor: ended.actor,
    action: 'importCustomers',
    object: `import:${ended.importId}`,
    outcome: 'failed',
    code: 'IMPORT_INTERRUPTED',
    requestId: null,
    reason: null,
    data: { ...countsOf(ended), fileHash: ended.fileHash },
  };
}
