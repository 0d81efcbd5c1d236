/** What the demonstration needs of the store beside the operations that anyone has: a bill, and a mark. */
import { createHash } from 'node:crypto';
import { newId } from '../../activities/identifiers.js';
import { addDays, dayOf } from '../../contracts/days.js';
import type { CustomerRecord, Store } from '../../store/index.js';
import { issueInvoice } from '../../store/ledger/index.js';

/** What a customer of the samples owes. */
export interface DemoBill {
  readonly customerId: string;
  readonly minor: number;
  readonly currency: string;
  /** Whole days since it was due. */
  readonly daysLate: number;
}

/** The books. */
export interface DemoBooks {
  /** Whether all of the demonstration was loaded into this store once, whatever became of it since. */
  readonly isLoaded: () => Promise<boolean>;
  readonly noteLoaded: () => Promise<void>;
  /** Bills a customer once. Errors: those of the record. */
  readonly bill: (bill: DemoBill) => Promise<void>;
}

const LOADED = 'demo loaded';

/** Makes them. Class: side effect. */
export function createDemoBooks({
  store,
  record,
}: {
  readonly store: Store;
  readonly record: CustomerRecord;
}): DemoBooks {
  const { effects } = store;
  return {
    isLoaded: async () => (await effects.get(LOADED)) !== null,
    noteLoaded: async () => {
      await effects.runOnce(LOADED, 'demo.loaded', hashOf(LOADED), async () => true);
    },
    bill: async ({ customerId, minor, currency, daysLate }) => {
      const key = `demo bill ${customerId}`;
      await effects.runOnce(key, 'demo.bill', hashOf(key), async (tx) => {
        const now = Date.now();
        const book = {
          ...{ tx, record: record.within(tx), newId: () => newId(now) },
          at: new Date(now).toISOString(),
        };
        const dueDate = addDays(dayOf(now), -daysLate);
        const invoice = { customerId, amountMinor: minor, taxMinor: 0, currency, dueDate };
        const { invoiceId } = await issueInvoice(book, { ...invoice, slipRef: null });
        return invoiceId;
      });
    },
  };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
