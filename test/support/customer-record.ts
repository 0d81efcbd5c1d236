/** A customer record with a real keyring, and rows for it. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type CustomerRecord,
  type EntityDeclaration,
  type FieldDeclaration,
  type ImportOf,
  type NewCustomer,
  type Store,
  sealedClassesOf,
} from '../../store/index.js';
import { createSealer, type KeyProvider, openLocalKeyring } from '../../worker/encryption/index.js';

/** A record whose keys go with the test. */
export async function openRecord(
  store: Store,
): Promise<{ readonly record: CustomerRecord; readonly keyProvider: KeyProvider }> {
  const folder = await mkdtemp(join(tmpdir(), 'jornada-record-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const keyProvider = await openLocalKeyring({ folder, masterKey: null });
  const keys = { ensure: keyProvider.createAll };
  return { keyProvider, record: store.customerRecord(createSealer({ keyProvider }), keys) };
}

/** An import of its own. */
export const anImport = (): ImportOf => ({
  importId: randomUUID(),
  fileHash: createHash('sha256').update(randomUUID()).digest('hex'),
  actor: 'ana',
});

/** A customer that nobody else has; of the same tax id if one is named. */
export function aCustomer(taxId: string = randomUUID(), legalName = 'Ria Lda.'): NewCustomer {
  const customerId = randomUUID();
  const mark = createHash('sha256').update(taxId).digest('hex');
  const since = '2024-02-29';
  return {
    customer: {
      ...{ customerId, legalName, taxId, country: 'PT', tz: 'Europe/Lisbon', locale: 'pt-PT' },
      ...{ stage: null, touch: null, maturity: null, isStrategic: false, healthScore: null },
      ...{ since, state: 'active' },
    },
    contact: {
      ...{ contactId: randomUUID(), customerId, name: 'Inês', mail: 'ines@example.org' },
      ...{ phone: null, tz: null, locale: null, role: 'admin', state: 'active' },
      ...{ isPrimary: true, orderInChain: 1 },
    },
    subscription: {
      ...{ subscriptionId: randomUUID(), customerId, planId: 'team', seats: null },
      ...{ priceMinor: 14_900, currency: 'EUR', period: 'month', startsAt: since },
      ...{ endsAt: null, discountPct: 0, state: 'active' },
    },
    marks: [
      { kind: 'national-tax-id', mark },
      { kind: 'tax-id', mark: `bare ${mark}` },
    ],
  };
}

/** Of what is sealed; in the open stand others. */
const SAMPLES: Readonly<Record<FieldDeclaration['type'], unknown>> = {
  text: 'Zephyrine Quandary-7731',
  integer: 77_317_731,
  boolean: true,
  date: '2026-03-02',
  instant: '2026-03-02T12:00:00.000Z',
  json: [{ at: '2026-03-02T12:00:00.000Z', address: 'Zephyrine Quandary-7731' }],
};

const OPEN: Partial<Record<FieldDeclaration['type'], () => unknown>> = {
  text: randomUUID,
  integer: () => 1,
  json: () => [],
};

/** A row with something in every field; ids are its own, and what is `given` of a field wins. */
export function aRow(
  declaration: EntityDeclaration,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const sealed = sealedClassesOf(declaration) as readonly string[];
  const fields = Object.entries(declaration.fields).map(([name, { type, oneOf, class: of }]) => {
    const isOpen = !sealed.includes(of);
    const sample = isOpen && type in OPEN ? OPEN[type]?.() : SAMPLES[type];
    return [name, given[name] ?? oneOf?.[0] ?? sample];
  });
  return Object.fromEntries(fields);
}
