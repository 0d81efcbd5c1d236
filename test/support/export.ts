/** A customer whose data is exported: a store, a record with real keys, and the jobs of an export by hand. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createSources } from '../../activities/export/sources/index.js';
import { createSideEffects } from '../../activities/side-effects.js';
import type { JobInput, ServiceTask } from '../../contracts/job.js';
import type { Variables } from '../../engine/model/index.js';
import {
  type CustomerRecord,
  createExportFiles,
  type ExportDisk,
  type ExportFiles,
  openStore,
  type Store,
  TICKET,
} from '../../store/index.js';
import {
  createFileKeys,
  createSealing,
  type KeyProvider,
  openLocalKeyring,
} from '../../worker/encryption/index.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import { aCustomer, anImport } from './customer-record.js';
import { sideEffectDeps } from './side-effects.js';

/** What it is made of. */
export interface ExportWorld {
  readonly store: Store;
  readonly record: CustomerRecord;
  readonly keyProvider: KeyProvider;
  readonly files: ExportFiles;
  readonly folder: string;
  readonly customerId: string;
  readonly contactId: string;
  readonly mails: MailCatcher;
  /** Names of the files that lie in the folder of exports. */
  readonly lying: () => readonly string[];
  /** Runs a job; `effectKey` says which, when it is tried again. */
  readonly run: (
    type: string,
    variables: Variables,
    more?: Partial<JobInput>,
  ) => Promise<Variables>;
  readonly close: () => Promise<void>;
}

/** A template in both languages. */
const mailOf = (name: string, text: string) =>
  Object.fromEntries(
    ['en', 'pt-BR'].map((locale) => [
      `mail/${name}.${locale}.liquid`,
      `---
subject: Your data
---
${text}
`,
    ]),
  );

/** Opens it, with one customer of so many tickets. */
export async function openExportWorld(
  options: { readonly tickets?: number; readonly disk?: ExportDisk; readonly folder?: string } = {},
): Promise<ExportWorld> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'jornada-test-export-'));
  const keyProvider = await openLocalKeyring({ folder: join(folder, 'keys'), masterKey: null });
  const sealing = createSealing(keyProvider);
  const store = await openStore({ databaseUrl: null, folder: null }, sealing);
  const record = store.customerRecord(sealing.sealer, { ensure: keyProvider.createAll });
  const one = aCustomer();
  await record.take([one], anImport(), 0);
  const { customerId } = one.customer;
  await addTickets(record, customerId, options.tickets ?? 0);
  const mails = await startMailCatcher({ folder: join(folder, 'mail') });
  const files = createExportFiles({
    folder: join(folder, 'exports'),
    keys: createFileKeys(keyProvider),
    reserveBytes: 0,
    ...(options.disk && { disk: options.disk }),
  });
  const exports = {
    files,
    sources: createSources(store, record),
    generatorVersion: '1.2.3',
    isOver: async (instanceId: string) =>
      ((await store.processInstances.get(instanceId))?.endedAt ?? null) !== null,
  };
  const services: Readonly<Record<string, ServiceTask>> = createSideEffects(
    sideEffectDeps(store, {
      ...{ keyProvider, record, exports, smtp: { url: mails.url } },
      publicUrl: 'http://localhost:3000',
      packageFiles: async () => ({
        ...mailOf('ready', '{{ url }} {{ rows }} end'),
        ...mailOf('code', 'code {{ code }} end'),
      }),
    }),
  );
  let jobs = 0;
  return {
    ...{ store, record, keyProvider, files, folder, customerId, mails },
    contactId: one.contact.contactId,
    lying: () => {
      try {
        return readdirSync(join(folder, 'exports'), { recursive: true, encoding: 'utf8' }).sort();
      } catch {
        return [];
      }
    },
    run: async (type, variables, more = {}) => {
      jobs += 1;
      const given: JobInput = {
        variables,
        headers: { 'jornada:mail': 'ready' },
        effectKey: `job${jobs}`,
        customerKeyId: 'system',
        instanceId: `i-${customerId}`,
        processId: 'data-export',
        elementId: 'e',
        elementInstanceId: 'e:1',
        jobId: 'j',
        ...more,
      };
      return ((await services[type]?.(given)) ?? {}) as Variables;
    },
    close: async () => {
      await mails.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds tickets, many at a time. */
export async function addTickets(
  record: CustomerRecord,
  customerId: string,
  tickets: number,
): Promise<void> {
  for (let made = 0; made < tickets; made += 1000) {
    const rows = Array.from({ length: Math.min(1000, tickets - made) }, () => ({
      ...{ ticketId: randomUUID(), customerId, contactId: customerId, type: 'question' as const },
      ...{ component: '=cmd()', priority: 'P3' as const, status: 'open' as const },
      ...{ assigneeId: null, channel: 'mail' as const, gateDecision: null, incidentId: null },
      ...{ mergedInto: null, followUpOf: null, instanceId: null, outcome: null },
    }));
    await record.table(TICKET).add(rows);
  }
}

/** The token of the newest link that was mailed. */
export async function mailedToken(world: ExportWorld): Promise<string> {
  return /export#([\w-]+)/.exec(await lastMail(world))?.[1] ?? '';
}

/** The text of the newest mail. */
export async function lastMail({ folder }: ExportWorld): Promise<string> {
  const place = join(folder, 'mail');
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  const mails = names.filter((name) => name.endsWith('.eml')).sort();
  const { text = '' } = await simpleParser(readFileSync(join(place, mails.at(-1) ?? '')));
  return text;
}

/** All steps up to a package. */
export async function makePackage(world: ExportWorld, more: Variables = {}) {
  const { customerId, run } = world;
  const opened = await run('export.open', { customerId, requestId: randomUUID() });
  const { exportId, systems, recipients } = opened as {
    exportId: string;
    systems: string[];
    recipients: Variables[];
  };
  const begun = await run('export.begin', { customerId, exportId });
  const of = { customerId, exportId, ...begun };
  const extracts: Variables[] = [];
  for (const system of systems) {
    const { extract } = await run('export.extract', { ...of, system });
    extracts.push(extract as Variables);
  }
  const packaged = await run('export.package', { ...of, extracts, ...more });
  return { exportId, of, extracts, packaged, recipients };
}
