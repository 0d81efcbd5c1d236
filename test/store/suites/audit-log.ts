import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  checkpointText,
  commitmentTo,
  entryHash,
  firstKeyFacts,
  noteHash,
  noteKey,
  parseCheckpoint,
  signNote,
  splitNotes,
} from '../../../audit/index.js';
import { appendActs } from '../../../store/audit/append.js';
import type { Store } from '../../../store/index.js';
import { bytesText, createSeals } from '../../../store/sealing/index.js';
import { columnPlace } from '../../../store/sealing/places.js';
import { openSigner, rotateKey } from '../../../worker/audit/index.js';
import { createSealing, type KeyProvider } from '../../../worker/encryption/index.js';
import { anAct, BRING_BACK, type KeptLog, keepLog, REMEMBER } from '../../support/audit-log.js';
import { fixedKeys } from '../../support/fixed-keys.js';
import { aLife, anInstance, KEYS, numbered } from '../../support/store.js';

/** Of a customer: its journal is sealed. */
const ended = anInstance({ instanceId: 'ended', customerKeyId: KEYS.ana });
const mended = anInstance({ instanceId: 'mended', customerKeyId: KEYS.ana });
/** Of nobody: its journal stands in the open. */
const running = anInstance({ instanceId: 'running' });
const task = { elementId: 'Task_Call', elementInstanceId: 'Task_Call:2', scopeId: 'Process:1' };

/** What makes a log worth checking: 600 acts, journals that end, go on and are mended, a new key, an erasure. */
async function fill(store: Store, log: KeptLog): Promise<void> {
  const act = (from: number, to: number) => async () => {
    for (let n = from; n <= to; n += 1) {
      await store.audit.append(anAct({ requestId: `r-${n}`, ...(n % 3 === 0 && { data: null }) }));
    }
  };
  const life = aLife();
  await store.journal.append(ended, life.slice(0, 5), { after: 0, fence: 1 });
  await store.journal.append(running, life.slice(0, 5), { after: 0, fence: 1 });
  await store.journal.append(mended, life.slice(0, 5), { after: 0, fence: 10 });
  await act(1, 300)();
  await log.keeper.checkpoint();
  await store.journal.append(ended, life, { after: 5, fence: 2 });
  const lost = numbered([{ kind: 'taskCompleted', ...task, actor: 'ana' }], 6);
  await store.journal.append(mended, lost, { after: 5, fence: 20 });
  await log.keeper.checkpoint();
  const decided = numbered([{ kind: 'taskAssigned', ...task, data: { assignee: 'bea' } }], 6);
  await store.journal.append(mended, decided, { after: 5, fence: 21 });
  await act(301, 500)();
  await rotateKey({ log: store.audit.log, keyProvider: fixedKeys(), folder: log.keys });
  await log.keeper.checkpoint();
  await store.audit.erase([22, 23, 24], { actor: 'ada', requestId: 'e', reason: 'asked for' });
  await act(501, 600)();
  await log.keeper.checkpoint();
}

/** Tampering after which all hashes can be mended: nothing is missing. */
const REHASHED = [
  'an entry is changed',
  'two entries are swapped',
  'an entry is inserted in the middle',
  'an old segment is put in the place of a newer one',
];

/** The log under every kind of tampering. It wants a store of its own. */
export function auditLogSuite(store: () => Store, keys: () => KeyProvider): void {
  describe('the log', () => {
    let log: KeptLog;
    let size = 0;
    let whole = '';
    beforeAll(async () => {
      log = keepLog(store());
      await fill(store(), log);
      await log.tamper(...REMEMBER);
      size = (await store().audit.log.head()).size;
      whole = readFileSync(log.checkpoints, 'utf8');
      copyFileSync(log.checkpoints, `${log.checkpoints}.kept`);
    }, 120_000);
    afterEach(async () => {
      await log.tamper(...BRING_BACK);
      copyFileSync(`${log.checkpoints}.kept`, log.checkpoints);
    });
    afterAll(() => log.discard());

    const first = async (checkpoint?: string) => (await log.verify(checkpoint)).findings[0];

    test('is sound, and says what it checked', async () => {
      const { isSound, findings, checked } = await log.verify(splitNotes(whole)[0]);
      expect(findings).toEqual([]);
      expect(isSound).toBe(true);
      expect(checked).toMatchObject({
        entries: size,
        covered: size,
        keys: 2,
        erasedUntold: 0,
        journals: { instances: 3 },
        replacedAnchors: 1,
      });
      expect(checked.checkpoints).toBeGreaterThan(4);
      expect(checked.erased).toBe(2);
    });

    const cases: readonly [what: string, statements: readonly string[], expected: object][] = [
      [
        'an entry is changed',
        ["update audit set actor = 'eve' where number = 300"],
        { number: 300, part: 'entry' },
      ],
      [
        'the time of an entry is changed',
        ["update audit set at = at + interval '1 ms' where number = 7"],
        { number: 7 },
      ],
      [
        'facts of an entry are changed',
        [`update audit set facts = '{"sequence": 1}' where action = 'journal.anchored'`],
        { part: 'entry' },
      ],
      [
        'an entry is deleted',
        ['delete from audit where number = 300'],
        { number: 300, why: expect.stringContaining('missing') },
      ],
      ['the first entry is deleted', ['delete from audit where number = 1'], { number: 1 }],
      [
        'two entries are swapped',
        [
          'update audit set number = 1000000 where number = 300',
          'update audit set number = 300 where number = 301',
          'update audit set number = 301 where number = 1000000',
        ],
        { number: 300 },
      ],
      [
        'an entry is inserted in the middle',
        [
          'update audit set number = number + 1000000 where number >= 300',
          'update audit set number = number - 999999 where number >= 1000000',
          'insert into audit select 300, at, actor, action, object, outcome, code, request_id, facts, null, hash from audit where number = 10',
          'update audit_log set size = size + 1',
        ],
        { number: expect.closeTo(300, -2) },
      ],
      [
        'an entry is added that nobody counted',
        [
          `insert into audit select (select max(number) + 1 from audit), at, actor, action, object, outcome, code, request_id,
            facts, null, hash from audit where number = 10`,
        ],
        { part: 'entry' },
      ],
      ['the end is cut off', ['delete from audit where number > 580'], { number: 581 }],
      [
        'the end is cut off, and the count with it',
        ['delete from audit where number > 580', 'update audit_log set size = 580'],
        { number: 581, part: 'checkpoint' },
      ],
      [
        'the end is cut off, with count and checkpoints',
        [
          'delete from audit where number > 580',
          'update audit_log set size = 580',
          'delete from audit_checkpoints where size > 580',
        ],
        { number: 581, part: 'checkpoint' },
      ],
      [
        'an old segment is put in the place of a newer one',
        [
          'delete from audit where number between 310 and 320',
          `insert into audit select number + 200, at, actor, action, object, outcome, code, request_id, facts, personal, hash
            from audit where number between 110 and 120`,
        ],
        { number: 310 },
      ],
      [
        'a hash is changed',
        [`update audit set hash = sha256('x') where number = 42`],
        { number: 42 },
      ],
      [
        'a checkpoint is deleted',
        ['delete from audit_checkpoints where size = 256'],
        { number: expect.any(Number), part: 'checkpoint' },
      ],
      [
        'a checkpoint is changed',
        ["update audit_checkpoints set note = replace(note, 'at 20', 'at 21') where size = 256"],
        { number: 1, part: 'checkpoint' },
      ],
      [
        'a reason is changed',
        ["update audit_personal set reason = 'none' where number = 31"],
        { number: 31, part: 'personal part' },
      ],
      [
        'data is changed',
        [`update audit_personal set data = '{"action": "reject"}' where number = 31`],
        { number: 31, part: 'personal part' },
      ],
      [
        'an entry of a journal is changed',
        [`update journal set actor = 'eve' where instance_id = 'ended' and sequence = 7`],
        { part: 'journal', what: expect.stringContaining('instance ended') },
      ],
      [
        'an entry of a journal is deleted',
        ["delete from journal where instance_id = 'ended' and sequence = 7"],
        { what: 'entry 7 of the journal of instance ended' },
      ],
      [
        'the end of a journal is deleted',
        ["delete from journal where instance_id = 'ended' and sequence > 19"],
        { what: 'entry 20 of the journal of instance ended' },
      ],
      [
        'a journal is deleted',
        ["delete from journal where instance_id = 'running'"],
        { what: 'entry 1 of the journal of instance running' },
      ],
      [
        'what was mended is changed',
        [
          `update journal set data = '{"assignee": "eve"}' where instance_id = 'mended' and sequence = 6`,
        ],
        { what: 'entry 6 of the journal of instance mended' },
      ],
      [
        'data that is sealed is changed',
        [
          `update journal set sealed = set_byte(sealed, 60, 255 - get_byte(sealed, 60))
            where instance_id = 'mended' and sequence = 6`,
        ],
        { what: 'entry 6 of the journal of instance mended' },
      ],
      [
        'data that is sealed is taken away',
        [`update journal set sealed = null where instance_id = 'mended' and sequence = 6`],
        { what: 'entry 6 of the journal of instance mended' },
      ],
      [
        'data that stands in the open is changed',
        [
          `update journal set data = '{"kind": "eve"}' where instance_id = 'running' and sequence = 2`,
        ],
        { what: expect.stringContaining('instance running') },
      ],
    ];
    test.each(cases)('tells that %s', async (_what, statements, expected) => {
      await log.tamper(...statements);
      expect(await first()).toMatchObject(expected);
    });

    /** What somebody does who knows how entries are hashed: all of them match their content again. */
    const rehash = async (): Promise<void> => {
      const mended: SQL[] = [];
      for await (const { entry, hash } of store().audit.log.entries()) {
        if (!entry || hash?.equals(entryHash(entry))) continue;
        mended.push(
          sql`update audit set hash = ${entryHash(entry)} where number = ${entry.number}`,
        );
      }
      expect(mended.length).toBeGreaterThan(0);
      await log.tamper(...mended);
    };
    const rehashed = cases.filter(([what]) => REHASHED.includes(what));
    test.each(rehashed)(
      'tells the stretch in which %s, though hashes were mended',
      async (what, statements) => {
        await log.tamper(...statements);
        await rehash();
        const { findings } = await log.verify();
        const told = findings.find(({ part }) => part === 'checkpoint');
        expect(told?.why).toMatch(/^entries \d+ to \d+ are not those it was made of$/);
        const from = what === 'an old segment is put in the place of a newer one' ? 310 : 300;
        expect(told?.number).toBeGreaterThan(256);
        expect(told?.number).toBeLessThanOrEqual(from);
        expect(told?.to).toBeGreaterThanOrEqual(from);
      },
    );

    test('tells that checkpoints were signed by another key', async () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const { origin } = await store().audit.log.head();
      let previous: string | null = null;
      for (const note of splitNotes(whole)) {
        const checkpoint = parseCheckpoint(note);
        if (!checkpoint) throw new Error('no checkpoint');
        const before = previous === null ? null : noteHash(previous);
        const forged = signNote(
          checkpointText({ ...checkpoint, previous: before }),
          noteKey(origin, publicKey),
          privateKey,
        );
        await log.tamper(
          sql`update audit_checkpoints set note = ${forged} where size = ${checkpoint.size}`,
        );
        previous = forged;
      }
      expect(await first()).toMatchObject({ part: 'checkpoint', number: 1 });
    });

    const rewrite = async (isOwnKey: boolean): Promise<KeptLog> => {
      const { log: own } = store().audit;
      const { origin, terms } = await openSigner({
        log: own,
        keyProvider: fixedKeys(),
        folder: log.keys,
      });
      await log.tamper(
        'delete from audit',
        'delete from audit_personal',
        'delete from audit_checkpoints',
        'delete from journal_anchors',
        'update audit_log set size = 0',
      );
      const key = terms[0]?.key;
      if (isOwnKey && key) await own.nameKey({ ...firstKeyFacts(key) }, 0);
      for (let n = 0; n < size + 20; n += 1) await store().audit.append(anAct({ actor: 'eve' }));
      expect((await own.head()).origin).toBe(origin);
      return log;
    };

    test('tells that it was rewritten by who has no key, by the checkpoints in the file', async () => {
      await rewrite(false);
      await log.keeper.checkpoint();
      expect(await first()).toMatchObject({ part: 'checkpoint' });
    });

    test('rewritten by who holds the key and the file it is sound, and against a kept checkpoint it is not', async () => {
      await rewrite(true);
      rmSync(log.checkpoints);
      await log.keeper.checkpoint();
      expect(await log.verify()).toMatchObject({ isSound: true });
      const kept = splitNotes(whole)[0] ?? '';
      expect(await first(kept)).toMatchObject({
        part: 'checkpoint',
        number: 1,
        what: expect.stringContaining('kept.txt'),
      });
    });

    test('is sound where a personal part is gone that nobody told of, and says so', async () => {
      await log.tamper('delete from audit_personal where number = 31');
      const { isSound, checked } = await log.verify();
      expect([isSound, checked.erased, checked.erasedUntold]).toEqual([true, 3, 1]);
    });

    test('is sound after a rebuild', async () => {
      await store().journal.rebuild();
      expect((await log.verify()).findings).toEqual([]);
    });

    test('is sound whatever acts and journals hold', async () => {
      const values = fc.sample(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), {
        seed: 9162,
        numRuns: 100,
      });
      const odd = {
        ['__proto__']: 1,
        half: '\ud800',
        nul: 'a\u0000b',
        least: 5e-324,
        most: 1e308,
        no: -0,
      };
      const texts = fc.sample(fc.string({ unit: 'binary' }), { seed: 1, numRuns: 100 });
      for (const [index, value] of [...values, odd].entries()) {
        const data = JSON.parse(JSON.stringify(value));
        const text = (texts[index] ?? 'x\u2028').replaceAll('\0', '');
        await store().audit.append(
          anAct({ data, facts: data, reason: text, actor: text, object: text }),
        );
        const customerKeyId = index % 2 === 0 ? KEYS.bo : 'system';
        const instance = anInstance({ instanceId: `odd-${index}`, customerKeyId });
        const entry = { kind: 'variablesWritten', rule: text, data: { values: data } } as const;
        await store().journal.append(instance, numbered([entry]));
      }
      await log.keeper.checkpoint();
      expect((await log.verify()).findings).toEqual([]);
      await log.tamper('delete from process_instances', 'delete from variables');
    });

    test('is sound before and after the key of a customer is destroyed, and says what it cannot check', async () => {
      const customerKeyId = await keys().create();
      const instance = anInstance({ customerKeyId });
      const object = `instance:${instance.instanceId}`;
      await store().journal.append(instance, aLife());
      const { number } = await store().audit.append(anAct({ object, reason: 'called' }));
      await log.keeper.checkpoint();
      const before = await log.verify();
      expect([before.isSound, before.checked.erasedWithKey]).toEqual([true, 0]);
      await log.tamper(sql`update audit_personal
        set sealed = set_byte(sealed, 60, 255 - get_byte(sealed, 60)) where number = ${number}`);
      expect(await first()).toMatchObject({ number, part: 'personal part' });
      await log.tamper(sql`update audit_personal
        set sealed = set_byte(sealed, 60, 255 - get_byte(sealed, 60)) where number = ${number}`);
      await keys().destroy(customerKeyId);
      const { isSound, checked } = await log.verify();
      const { personal, erased, erasedWithKey, erasedUntold } = checked;
      expect([isSound, erasedWithKey, erasedUntold]).toEqual([true, 1, 0]);
      expect(erased).toBe(before.checked.erased + 1);
      expect(personal).toBe(before.checked.personal - 1);
      expect(checked.journals).toEqual(before.checked.journals);
    });

    describe('a part that is said to be under a key that was destroyed', () => {
      const said = (number: number, keyId: string) =>
        log.tamper(sql`update audit_personal set key_id = ${keyId}, reason = null, data = null,
          salt = null, sealed = coalesce(sealed, '\\x01'::bytea) where number = ${number}`);
      const destroyed = async (): Promise<string> => {
        const keyId = await keys().create();
        await keys().destroy(keyId);
        return keyId;
      };
      const anObject = async (customerKeyId: string): Promise<string> => {
        const instance = anInstance({ customerKeyId });
        await store().journal.append(instance, aLife());
        return `instance:${instance.instanceId}`;
      };
      const isFound = (number: number) => ({
        ...{ number, part: 'personal part' },
        why: 'it is not under the key of what the entry is about',
      });

      test.each(['sealed', 'in the open'])('is found, where it was %s', async (how) => {
        const object = await anObject(how === 'sealed' ? KEYS.ana : 'system');
        const { number } = await store().audit.append(anAct({ object, reason: 'called' }));
        await log.keeper.checkpoint();
        expect((await log.verify()).findings).toEqual([]);
        await said(number, await destroyed());
        expect(await first()).toMatchObject(isFound(number));
      });

      /** An entry as it was written before entries named keys: the hash alone. */
      const former = async (object: string, keyId: string): Promise<number> => {
        const salt = Buffer.alloc(16, 7);
        const plain = { reason: 'called', data: null };
        const personal = commitmentTo({ ...plain, salt });
        const place = columnPlace('audit_personal', [personal], 'sealed');
        const value = { ...plain, salt: salt.toString('hex') };
        const seals = createSeals(createSealing(keys()));
        const bytes = bytesText(await seals.seal(keyId, value, place));
        const act = { ...anAct({ object, data: null }), sealed: { keyId, personal, bytes } };
        return store().effects.runOnce(`former ${object}`, 'test', 'r', async (tx) => {
          return (await appendActs(tx, [act])).first;
        }) as Promise<number>;
      };

      test('of an entry that names none is found unless it is of what the entry is about', async () => {
        const own = await keys().create();
        const object = await anObject(own);
        const number = await former(object, own);
        await log.keeper.checkpoint();
        expect((await log.verify()).findings).toEqual([]);
        await said(number, await destroyed());
        expect(await first()).toMatchObject(isFound(number));
        await said(number, own);
        await keys().destroy(own);
        expect((await log.verify()).findings).toEqual([]);
      });
    });

    test('does not sign on from a tree that was changed', async () => {
      await log.tamper(
        `update audit_checkpoints set peaks = decode(repeat('00', length(peaks)), 'hex')`,
      );
      await store().audit.append(anAct());
      await expect(log.keeper.checkpoint()).rejects.toMatchObject({ code: 'AUDIT_LOG_DAMAGED' });
    });
  });
}
