/** The audit log where several processes write it, where they are killed, and what it costs. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { splitNotes } from '../../audit/index.js';
import { main } from '../../cli/main.js';
import { openDatabase } from '../../store/database.js';
import { openStore, type Store } from '../../store/index.js';
import { migrate, readMigrations } from '../../store/migrate.js';
import { keepAuditLog, openSigner, rotateKey } from '../../worker/audit/index.js';
import { anAct, type KeptLog, keepLog, keepLogIn } from '../support/audit-log.js';
import { fixedKeys } from '../support/fixed-keys.js';
import { chanceOf } from '../support/made-log.js';
import { runScript } from '../support/script.js';
import { aLife, anInstance, numbered, onPostgres, type TestDatabase } from '../support/store.js';

const WRITER = fileURLToPath(new URL('../support/audit-writer.ts', import.meta.url));

let database: TestDatabase;
let store: Store;
let log: KeptLog;
beforeEach(async () => {
  database = await onPostgres(inject('databaseUrl'));
  store = await openStore(database.config);
  log = keepLog(store);
});
afterEach(async () => {
  log.discard();
  await store.close();
  await database.discard();
});

function write(
  name: string,
  count: number,
  ...more: readonly string[]
): { child: ChildProcess; said: () => number[] } {
  const args = [String(database.config.databaseUrl), name, String(count), ...more];
  const child = spawn(process.execPath, runScript(WRITER, ...args), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const said = () => text.split('\n').slice(0, -1).map(Number);
  return { child, said };
}

async function until(is: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_400 && !is(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(is()).toBe(true);
}

describe('several processes', () => {
  test('write one log without gaps, while it is signed and checked', async () => {
    const writers = [write('ana', 400), write('bob', 400)];
    const ended = Promise.all(writers.map(({ child }) => once(child, 'exit')));
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver) {
      await log.keeper.checkpoint();
      expect((await log.verify()).findings).toEqual([]);
    }
    const numbers = writers.flatMap(({ said }) => said());
    expect(new Set(numbers).size).toBe(800);
    await log.keeper.checkpoint();
    const { isSound, checked } = await log.verify();
    expect([isSound, checked.entries, checked.covered]).toEqual([true, 801, 801]);
  });

  test('anchor journals whose tails are replaced meanwhile, without a false alarm', async () => {
    const other = await openStore(database.config);
    const { append } = other.journal;
    const live = async (seed: number): Promise<void> => {
      const instance = anInstance();
      const chance = chanceOf(seed);
      for (let [after, fence] = [0, 1]; after < 40; fence += 2) {
        const lost = numbered(
          Array.from({ length: chance(4) }, () => ({
            kind: 'tokenWaiting' as const,
            rule: `${fence}`,
          })),
          after + 1,
        );
        const kept = numbered(
          Array.from({ length: 1 + chance(3) }, () => ({ kind: 'flowTaken' as const })),
          after + 1,
        );
        await append(instance, lost, { after, fence });
        if (chance(2) === 0) await new Promise((resolve) => setTimeout(resolve, chance(20)));
        await append(instance, kept, { after, fence: fence + 1 });
        after += kept.length;
      }
    };
    let isOver = false;
    const lives = Promise.all(Array.from({ length: 12 }, (_, seed) => live(seed))).then(() => {
      isOver = true;
    });
    let replaced = 0;
    while (!isOver) {
      await log.keeper.checkpoint();
      const { findings, checked } = await log.verify();
      expect(findings).toEqual([]);
      replaced = checked.replacedAnchors;
    }
    await lives;
    await log.keeper.checkpoint();
    expect((await log.verify()).findings).toEqual([]);
    expect(replaced).toBeGreaterThan(0);
    await other.close();
  });

  test('that are killed while they write leave no gap and lose nothing they have said', async () => {
    for (const name of ['ana', 'bob', 'cleo']) {
      const { child, said } = write(name, 100_000);
      await until(() => said().length > 40);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { size } = await store.audit.log.head();
      expect(size).toBeGreaterThanOrEqual(said().at(-1) ?? 0);
      await store.audit.append(anAct({ actor: 'dana' }));
    }
    await log.keeper.checkpoint();
    expect(await log.verify()).toMatchObject({ isSound: true, findings: [] });
  });

  test('keep it together: one first key, one chain of checkpoints, one handover at a time', async () => {
    const other = await openStore(database.config);
    const place = (one: Store) => ({
      log: one.audit.log,
      keyProvider: fixedKeys(),
      folder: log.keys,
    });
    const signers = await Promise.all(
      [store, other, store, other].map((s) => openSigner(place(s))),
    );
    expect(new Set(signers.map(({ terms }) => terms[0]?.key.id)).size).toBe(1);
    const twin = keepAuditLog({
      ...place(other),
      files: [`${log.checkpoints}.twin`],
      trouble: () => {},
      everyMs: null,
    });
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.all(Array.from({ length: 100 }, () => store.audit.append(anAct())));
      const named = await Promise.all([rotateKey(place(store)), rotateKey(place(other))]);
      expect(named.filter((one) => one !== null).length).toBeGreaterThan(0);
      await Promise.all([log.keeper.checkpoint(), twin.checkpoint()]);
    }
    expect((await log.verify()).findings).toEqual([]);
    expect((await log.verify()).checked.keys).toBeGreaterThan(5);
    await twin.close();
    const own = readFileSync(log.checkpoints, 'utf8');
    expect(readFileSync(`${log.checkpoints}.twin`, 'utf8')).toContain(own);
    await other.close();
  });
});

describe('a keeper that is killed', () => {
  const some = async (count: number) => {
    for (let n = 0; n < count; n += 1) await store.audit.append(anAct());
  };

  test('between the store and the file: the next brings the file what it lacks', async () => {
    await some(300);
    await log.keeper.checkpoint();
    const whole = readFileSync(log.checkpoints, 'utf8');
    const [first = ''] = splitNotes(whole);
    truncateSync(log.checkpoints, Buffer.byteLength(first));
    expect((await log.verify()).findings).toEqual([]);
    await keepAgain(log, store);
    expect(readFileSync(log.checkpoints, 'utf8')).toBe(whole);
  });

  test('in the middle of a line of the file: it is no tampering, and the next mends it', async () => {
    await some(300);
    await log.keeper.checkpoint();
    const whole = readFileSync(log.checkpoints, 'utf8');
    const notes = splitNotes(whole);
    for (const left of [1, 20, 90]) {
      truncateSync(log.checkpoints, Buffer.byteLength(whole) - left);
      expect((await log.verify()).findings).toEqual([]);
      await keepAgain(log, store);
      expect(readFileSync(log.checkpoints, 'utf8')).toBe(whole);
    }
    expect(notes.length).toBe(2);
    appendFileSync(log.checkpoints, 'jornada/forged\n');
    expect((await log.verify()).isSound).toBe(false);
  });

  test('at any moment: the next goes on, and there is no alarm in between or after', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const { child, said } = write(`turn${turn}`, 100_000, log.folder);
      await until(() => said().length > 10 + 7 * turn);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect((await log.verify()).findings).toEqual([]);
    }
    const again = keepLogIn(store, log.folder);
    await again.keeper.checkpoint();
    const { findings, checked } = await again.verify();
    expect(findings).toEqual([]);
    expect(checked.covered).toBe(checked.entries);
    expect(checked.kept).toMatchObject([{ checkpoints: checked.checkpoints }]);
    expect(checked.journals?.instances).toBeGreaterThan(60);
  });

  const keepAgain = async (kept: KeptLog, of: Store): Promise<void> => {
    const { openCheckpointFile } = await import('../../worker/audit/checkpoint-file.js');
    await openCheckpointFile(kept.checkpoints).catchUp(of.audit.log);
  };
});

test('a second file of checkpoints gets all of them, also when it is named later', async () => {
  await store.audit.append(anAct());
  await log.keeper.checkpoint();
  const anchor = join(log.folder, 'elsewhere', 'anchor.log');
  const place = { log: store.audit.log, keyProvider: fixedKeys(), folder: log.keys };
  const files = [log.checkpoints, anchor];
  const keeper = keepAuditLog({ ...place, files, trouble: () => {}, everyMs: 20 });
  for (let n = 0; n < 256; n += 1) await store.audit.append(anAct());
  await until(() => existsSync(anchor) && splitNotes(readFileSync(anchor, 'utf8')).length === 2);
  expect(readFileSync(anchor, 'utf8')).toBe(readFileSync(log.checkpoints, 'utf8'));
  await store.audit.append(anAct());
  await keeper.close();
  expect(splitNotes(readFileSync(anchor, 'utf8'))).toHaveLength(3);
});

test('a session that the database ends in the middle of an act ends that act alone', async () => {
  const act = store.effects.runOnce('stalled', 'test', 'r', async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await store.effects.runOnce('other', 'test', 'r', async (other) => {
      await other.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`);
      return null;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tx.execute(sql`select 1`);
    return null;
  });
  await expect(act).rejects.toThrow();
  expect((await store.audit.append(anAct())).number).toBe(1);
});

describe('jornada audit verify, where no engine runs', () => {
  const jornada = async (...args: readonly string[]) => {
    let [out, err] = ['', ''];
    const stream = (hear: (text: string) => void) =>
      new Writable({
        write: (chunk, _encoding, done) => {
          hear(String(chunk));
          done();
        },
      });
    const stdout = stream((text) => {
      out += text;
    });
    const stderr = stream((text) => {
      err += text;
    });
    const environment = { DATABASE_URL: String(database.config.databaseUrl) };
    const code = await main([...args, '--data', log.folder], { stdout, stderr, environment });
    return { code, out, err };
  };

  test('exits 0, 1 and 2, and names the first entry that is wrong', async () => {
    for (let n = 0; n < 300; n += 1) await store.audit.append(anAct());
    await log.keeper.checkpoint();
    const kept = join(log.folder, 'kept.txt');
    writeFileSync(kept, readFileSync(log.checkpoints));
    const sound = await jornada('audit', 'verify', '--checkpoint', kept);
    expect([sound.code, sound.out.split('\n')[0]]).toEqual([0, 'SOUND']);
    expect(sound.out).toContain(`compared with  ${kept}: 2 checkpoints`);
    await log.tamper("update audit set actor = 'eve' where number = 42");
    const tampered = await jornada('audit', 'verify');
    expect(tampered.code).toBe(1);
    expect(tampered.out).toMatch(/^TAMPERED: entry 42: its content is not what was hashed/);
    const json = await jornada('audit', 'verify', '--json');
    expect([json.code, JSON.parse(json.out).findings[0].number]).toEqual([1, 42]);
    await log.tamper("update audit set actor = 'ana' where number = 42");
    expect((await jornada('audit', 'verify')).code).toBe(0);
    const missing = await jornada('audit', 'verify', '--checkpoint', `${kept}.not`);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('AUDIT_UNREADABLE')]);
    writeFileSync(`${kept}.empty`, '');
    expect((await jornada('audit', 'verify', '--checkpoint', `${kept}.empty`)).code).toBe(2);
    expect((await jornada('audit', 'verify', 'a', 'b')).code).toBe(2);
    expect((await jornada('audit', 'verify', '--by', 'ana')).code).toBe(2);
    expect((await jornada('audit', '--checkpoint', kept)).code).toBe(2);
    expect((await jornada('audit', 'verify', join(log.folder, 'nowhere'))).code).toBe(2);
  });

  test('export writes what its own program and verify find sound', async () => {
    for (let n = 0; n < 10; n += 1) await store.audit.append(anAct());
    const target = join(log.folder, 'export');
    const exported = await jornada('audit', 'export', target);
    expect([exported.code, exported.err]).toEqual([0, '']);
    expect(exported.out).toContain('exported 11 entries and 1 checkpoints');
    expect(statSync(join(log.folder, 'audit', 'checkpoints.log')).mode & 0o777).toBe(0o600);
    const keys = join(log.folder, 'keys', 'audit');
    expect(readdirSync(keys).map((name) => statSync(join(keys, name)).mode & 0o777)).toEqual([
      0o600,
    ]);
    expect((await jornada('audit', 'verify', target)).code).toBe(0);
    const alone = spawnSync(process.execPath, [join(target, 'audit-verify.mjs')], {
      encoding: 'utf8',
    });
    expect([alone.status, alone.stdout.split('\n')[0]]).toEqual([0, 'SOUND']);
    const again = await jornada('audit', 'export', target);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('AUDIT_EXPORT_FOLDER')]);
    const { items } = await store.audit.query({ filter: { action: 'exportAudit' } });
    expect(items).toMatchObject([
      { object: 'audit-log', outcome: 'done', actor: userInfo().username },
    ]);
    rmSync(keys, { recursive: true });
    await store.audit.append(anAct());
    const unsigned = await jornada('audit', 'export', `${target}-2`);
    expect([unsigned.code, unsigned.err]).toEqual([
      1,
      expect.stringContaining('AUDIT_KEY_MISSING'),
    ]);
  });
});

describe('an older store', () => {
  test('is taken into the log in its order, also with gaps in its numbers', async () => {
    await database.discard();
    database = await onPostgres(inject('databaseUrl'));
    const raw = await openDatabase(database.config);
    const all = await readMigrations();
    await migrate(
      raw.db,
      all.slice(
        0,
        all.findIndex(({ name }) => name.endsWith('_audit_log.sql')),
      ),
    );
    const insert = (from: number, to: number) =>
      raw.db.execute(sql`insert into audit (at, actor, action, object, outcome, reason, data)
        select '2026-03-02T12:00:00.125Z', 'ana', 'old', 'task:' || n, 'done', 'because ' || n, '{"b": 1, "a": [1.50, "ä"]}'
        from generate_series(${from}::int, ${to}::int) n`);
    await insert(1, 700);
    await raw.db
      .transaction(async (tx) => {
        await tx.execute(
          sql`insert into audit (at, action, object, outcome) values (now(), 'x', 'y', 'done')`,
        );
        throw new Error('rolled back');
      })
      .catch(() => {});
    await insert(701, 1_300);
    await raw.close();
    await store.close();
    const [one, other] = await Promise.all([
      openStore(database.config),
      openStore(database.config),
    ]);
    await other.close();
    store = one;
    log.discard();
    log = keepLog(store);
    await log.keeper.checkpoint();
    const { items } = await store.audit.query({ filter: { number: { $in: [1, 701, 1_300] } } });
    expect(items.map(({ number, object, reason }) => [number, object, reason]).toSorted()).toEqual([
      [1, 'task:1', 'because 1'],
      [1_300, 'task:1300', 'because 1300'],
      [701, 'task:701', 'because 701'],
    ]);
    expect(await log.verify()).toMatchObject({ isSound: true, checked: { entries: 1_301 } });
  });
});

describe('what it costs', () => {
  test('10,000 appends and a check of them', { timeout: 300_000 }, async () => {
    const ms = async (work: () => Promise<unknown>): Promise<number> => {
      const began = performance.now();
      await work();
      return performance.now() - began;
    };
    const bare = await openDatabase(database.config);
    await bare.db.execute(sql`create table bare (number bigint generated always as identity primary key,
      at timestamptz(3), actor text, data jsonb)`);
    /** 500 entries and as many rows without a log take turns, so that a busy machine slows both. */
    const sideBySide = async () => {
      let [entries, rows] = [0, 0];
      for (let n = 0; n < 500; n += 1) {
        rows += await ms(() =>
          bare.db.execute(
            sql`insert into bare (at, actor, data) values (now(), ${`a${n}`}, '{"action": "approve"}') returning number`,
          ),
        );
        entries += await ms(() => appendMany(1));
      }
      return { entries, rows, ratio: entries / rows };
    };
    const early = await sideBySide();
    for (let hundreds = 0; hundreds < 90; hundreds += 1) {
      await Promise.all(Array.from({ length: 100 }, () => appendMany(1)));
    }
    const late = await sideBySide();
    await bare.close();
    const signing = await ms(log.keeper.checkpoint);
    const again = await ms(async () => {
      await appendMany(1);
      await log.keeper.checkpoint();
    });
    let sound = false;
    const check = await ms(async () => {
      sound = (await log.verify()).isSound;
    });
    const told = [early.rows, early.entries, late.rows, late.entries, signing, again, check];
    const [r, e, r2, e2, ...rest] = told.map(Math.round);
    process.stderr.write(
      `audit: 500 entries ${e} ms beside as many rows without a log ${r} ms, after 9,500 more ${e2} beside ${r2} ms; signing 10,000, 1 more, checking 10,000: ${rest.join(', ')} ms\n`,
    );
    expect(sound).toBe(true);
    // Not ever more, however many there are.
    expect(late.ratio).toBeLessThan(early.ratio * 2 + 1);
    expect(check).toBeLessThan(60_000);
  });

  async function appendMany(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await store.audit.append(anAct({ requestId: `r-${n}` }));
  }

  test('journals are anchored without anybody waiting, and by what moved alone', async () => {
    const many = Array.from({ length: 300 }, () => anInstance());
    await Promise.all(many.map((one) => store.journal.append(one, aLife())));
    await log.keeper.checkpoint();
    expect((await store.audit.log.head()).size).toBe(301);
    await log.keeper.checkpoint();
    expect((await store.audit.log.head()).size).toBe(301);
    const { checked, isSound } = await log.verify();
    expect(isSound).toBe(true);
    expect(checked.journals).toEqual({ instances: 300, entries: 300 * aLife().length });
  });
});
