/** An erasure takes all that is personal of one customer, and nothing of another. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addressHash } from '../../../../activities/mail/suppression.js';
import { type CertificateFields, checkCertificates } from '../../../../audit/index.js';
import { plainOf, readCertificates } from '../../../../store/erasure/index.js';
import {
  ACCESS_GRANT,
  CONTACT,
  CUSTOMER,
  EXPORT,
  INVOICE,
  SUBSCRIPTION,
  TICKET,
  TICKET_MESSAGE,
} from '../../../../store/index.js';
import { anAct } from '../../../support/audit-log.js';
import { aRow } from '../../../support/customer-record.js';
import { runErasure, runJob } from '../../../support/erasure.js';
import {
  allRows,
  anOperators,
  aPart,
  aRun,
  aWholeCustomer,
  MAILS,
  residueOf,
  runJobWithMail,
  type Scene,
} from './scene.js';

/** What an erasure takes, and leaves. */
export function takingSuite({ store, world }: Scene): void {
  describe('erasing a customer', () => {
    test('takes all that is personal of one, and nothing of another', async () => {
      const { deps } = world();
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const otherBefore = await allRows(store(), other.customerId);
      const given = await runErasure(deps, aRun(one.customerId));
      expect(given['certificate.sign']).toMatchObject({ certificateId: expect.any(String) });
      expect(await allRows(store(), other.customerId)).toEqual(otherBefore);
      expect(await deps.record.table(CONTACT).of([one.customerId])).toEqual([]);
      const customer = await deps.record.table(CUSTOMER).get(one.customerId);
      expect(customer).toMatchObject({ isErased: true, state: 'gone', country: 'ZZ', tz: 'UTC' });
      const messages = await deps.record.table(TICKET_MESSAGE).of([one.customerId]);
      expect(messages).toMatchObject([{ isErased: true }]);
      // The books stay, under a key of their own, and are read as before.
      const [invoice] = await deps.record.table(INVOICE).of([one.customerId]);
      expect(invoice).toMatchObject({ ...one.rows.invoices, isErased: false });
      const [price] = await deps.record.table(SUBSCRIPTION).of([one.customerId]);
      expect(price).toMatchObject({ priceMinor: 14_900, isErased: false, state: 'ended' });
      // Nothing of a customer who is gone is open.
      const tickets = await deps.record.table(TICKET).of([one.customerId]);
      expect(new Set(tickets.map(({ status }) => status))).toEqual(new Set(['closed']));
    });

    test('without a law that keeps them takes the books as well', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId, { retained: [] }));
      expect(await deps.record.table(INVOICE).of([customerId])).toEqual([]);
      expect(await deps.record.table(SUBSCRIPTION).of([customerId])).toEqual([]);
    });

    test('destroys the key only when nothing is left, and certifies nothing before', async () => {
      const { deps, keyProvider } = world();
      const { customerId } = await aWholeCustomer(deps);
      const run = aRun(customerId);
      const who = { customerId, requestId: run.requestId };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      const notVerified = { type: 'ERASURE_NOT_VERIFIED' };
      await expect(runJob(deps, 'key.destroy', randomUUID(), who)).rejects.toMatchObject(
        notVerified,
      );
      const approvers = [
        { id: 'a', role: 'x' },
        { id: 'b', role: 'y' },
      ];
      const signing = { ...who, approvers, verifier: 'c', backupHorizon: '2026-12-31' };
      await expect(runJob(deps, 'certificate.sign', randomUUID(), signing)).rejects.toMatchObject(
        notVerified,
      );
      const customer = await deps.record.table(CUSTOMER).get(customerId);
      expect(await keyProvider.list()).toContain(customer?.keyId);
    });

    test('stops mail to its people, of whom only hashes are kept', async () => {
      const { deps } = world();
      const { customerId, contact } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId));
      const files = {
        'process.yaml': MAILS,
        'mail/news.en.liquid': '---\nsubject: News\n---\nHello',
      };
      const mailing = { ...deps, packageFiles: async () => files };
      const { name, mail } = contact;
      const send = runJobWithMail(mailing, { recipient: { name, mail } });
      expect(await send).toMatchObject({ sentAt: null, suppressedBy: ['erasure'] });
      const stored = JSON.stringify(await allRows(store(), customerId));
      expect(stored).toContain(await addressHash(deps, mail));
      expect(stored).not.toContain(mail);
    });

    test('takes caught mails and files of exports', async () => {
      const { deps, mailbox, exportsFolder } = world();
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      for (const { contact } of [one, other]) {
        const lines = ['From: a@b.example', `To: ${contact.mail}`, 'Subject: Hi', '', 'Hello'];
        await mailbox.keep(Buffer.from(lines.join('\r\n')));
      }
      for (const { rows } of [one, other]) {
        const folder = join(exportsFolder, String(rows.exports?.exportId));
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, 'contacts.jsonl'), 'Zephyrine');
      }
      await runErasure(deps, aRun(one.customerId));
      expect((await mailbox.list()).map(({ to }) => to[0])).toEqual([other.contact.mail]);
      expect(await readdir(exportsFolder)).toEqual([String(other.rows.exports?.exportId)]);
    });

    test('takes what people said of it on instances that run under no key of it', async () => {
      const { deps } = world();
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const said = async ({ customerId }: typeof one): Promise<number> => {
        const object = `task:${await anOperators(deps, customerId)}/T:1`;
        return aPart(deps, anAct({ object, reason: 'Zephyrine called, she is ill' }));
      };
      // One after the other: the log is read by number, newest first.
      const [number, otherNumber] = [await said(one), await said(other)];
      const run = aRun(one.customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId: one.customerId, requestId: run.requestId },
        ...{ basis: 'nda', requestedBy: 'ria' },
      });
      expect(await residueOf(deps, run, 'audit')).toEqual([
        { system: 'audit', place: 'audit_personal', count: 1 },
      ]);
      await runErasure(deps, run);
      expect(await residueOf(deps, run, 'audit')).toEqual([]);
      const filter = { number: { $in: [number, otherNumber] } };
      expect((await store().audit.query({ filter })).items).toMatchObject([
        { reason: 'Zephyrine called, she is ill' },
        { reason: null, isErased: true },
      ]);
    });

    test('finds by its text what an act upon something else says of it or of a contact', async () => {
      const { deps } = world();
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const run = aRun(one.customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId: one.customerId, requestId: run.requestId },
        ...{ basis: 'nda', requestedBy: 'ria' },
      });
      // Its own row goes, and that of its access stays as a pseudonym.
      const { contactId } = one.contact;
      const grant = aRow(ACCESS_GRANT, { customerId: one.customerId, contactId });
      await deps.record.table(ACCESS_GRANT).add([{ ...grant, grantId: randomUUID() } as never]);
      const object = 'message:paid';
      const acts = [
        anAct({ object, reason: `it was ${one.customerId}, again` }),
        anAct({ object, data: { asked: { by: contactId } } }),
        anAct({ object, reason: other.customerId }),
      ];
      const numbers = await Promise.all(acts.map((act) => aPart(deps, act)));
      expect(await residueOf(deps, run, 'audit')).toMatchObject([{ count: 2 }]);
      await runErasure(deps, run);
      const filter = { number: { $in: numbers } };
      const { items } = await store().audit.query({ filter });
      const left = items.filter(({ isErased }) => !isErased);
      expect(left).toMatchObject([{ reason: other.customerId }]);
      for (const id of [one.customerId, contactId]) {
        await aPart(deps, anAct({ object, reason: `${id} is gone` }));
      }
      expect(await residueOf(deps, run, 'audit')).toMatchObject([{ count: 2 }]);
    });

    test('finds what was set up as long as its details say how', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const run = aRun(customerId);
      await runErasure(deps, run);
      expect(await residueOf(deps, run, 'registry')).toEqual([]);
      await deps.erasure.reading((db) =>
        db.execute(sql`insert into resources (resource_id, kind, customer_id, attempt, state, detail, effect_key, ended_at)
          values (${randomUUID()}, 'tenant', ${customerId}, 'a', 'ended', '{"name": "Zephyrine"}', 'k', now())`),
      );
      expect(await residueOf(deps, run, 'registry')).toEqual([
        { system: 'registry', place: 'resources.detail', count: 1 },
      ]);
    });

    test('leaves to the key what was sealed under it since, and does not look for it again', async () => {
      const { deps } = world();
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const run = aRun(customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId, requestId: run.requestId, basis: 'nda', requestedBy: 'ria' },
      });
      const act = { ...anAct({ object: `customer:${customerId}` }), reason: null, data: null };
      const sealed = { keyId, personal: `${keyId}/${'a'.repeat(64)}`, bytes: '\\x01' };
      await aPart(deps, { ...act, sealed });
      expect(await residueOf(deps, run, 'audit')).toEqual([]);
    });

    test('takes no file of an export whose id only holds that of its own', async () => {
      const { deps, exportsFolder } = world();
      const { customerId } = await aWholeCustomer(deps);
      const exportId = `${customerId}-9`;
      for (const name of [exportId, customerId, `${customerId}-99`]) {
        await mkdir(join(exportsFolder, name), { recursive: true });
        await writeFile(join(exportsFolder, name, `${exportId}.zip`), 'Zephyrine');
      }
      await deps.record.table(EXPORT).add([aRow(EXPORT, { customerId, exportId }) as never]);
      await runErasure(deps, aRun(customerId));
      const left = (await readdir(exportsFolder)).filter((name) => name.startsWith(customerId));
      expect(left.sort()).toEqual([customerId, `${customerId}-99`]);
    });

    test('chains certificates that are checked without us, and name nobody', async () => {
      const { deps } = world();
      for (const _ of [1, 2]) {
        const { customerId } = await aWholeCustomer(deps);
        await runErasure(deps, aRun(customerId));
      }
      const rows = await store().reading(readCertificates);
      const all = rows.map((one) => plainOf(one) as CertificateFields);
      // Other tests of the store add rows that nobody signed.
      const unsigned = rows.filter(({ signedBy }) => !signedBy.includes('+')).length;
      const { key } = await deps.erasure.signer();
      const faultsOf = (certificates: readonly CertificateFields[]): readonly number[] =>
        checkCertificates(certificates, [key])
          .map(({ number }) => number)
          .filter((number) => number > unsigned);
      expect(faultsOf(all)).toEqual([]);
      const changed = { ...all[unsigned], countsAfter: { 'record.contacts': 1 } };
      const forged = all.with(unsigned, changed as CertificateFields);
      expect(faultsOf(forged)).toEqual([unsigned + 1, unsigned + 2]);
      expect(faultsOf(all.toSpliced(unsigned, 1)).length).toBeGreaterThan(0);
      expect(JSON.stringify(all)).not.toMatch(/Zephyrine|Ria Lda|ines-/);
    });
  });
}
