import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type KeyProvider,
  openLocalKeyring,
  parseMasterKey,
  readMasterKey,
} from '../../../worker/encryption/index.js';
import { bucketOf } from '../../../worker/encryption/keyring/buckets.js';
import { diskFiles, type KeyFiles } from '../../../worker/encryption/keyring/files.js';
import { lockFile } from '../../../worker/encryption/keyring/lock.js';
import { seal } from '../../../worker/encryption/seal.js';
import { newFolder } from '../fixtures.js';

const AAD = Buffer.from('aad');
const PLAIN = Buffer.from('a data key of thirty-two bytes..');

/** All files below a folder, with their content. */
function contentsOf(folder: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) for (const [name, bytes] of contentsOf(path)) found.set(name, bytes);
    else found.set(path, readFileSync(path));
  }
  return found;
}

/** The file in which a key lies. */
function bucketFile(folder: string, keyId: string): string {
  const begin = `${bucketOf(keyId).toString(16).padStart(2, '0')}.`;
  const name = readdirSync(join(folder, 'buckets')).find((one) => one.startsWith(begin));
  return join(folder, 'buckets', name ?? 'none');
}

/** Two ids of one bucket. */
function neighbours(): readonly [string, string] {
  const one = randomUUID();
  for (;;) {
    const other = randomUUID();
    if (other !== one && bucketOf(other) === bucketOf(one)) return [one, other];
  }
}

/** Puts something else in the place of a wrapped key. */
async function damage(file: string, keyId: string): Promise<void> {
  const other = randomBytes(60).toString('base64');
  const text = readFileSync(file, 'latin1');
  await writeFile(file, text.replace(new RegExp(`^${keyId} .*$`, 'm'), `${keyId} ${other}`));
}

describe('the local keyring', () => {
  test('wraps, and another process unwraps', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const keyId = await keyring.create();
    const wrapped = await keyring.wrap(keyId, PLAIN, AAD);
    const other = await openLocalKeyring({ folder, masterKey: null });
    expect(await other.unwrap(keyId, wrapped, AAD)).toEqual(PLAIN);
    expect(await other.list()).toEqual([keyId, 'system'].sort());
  });

  test('makes many keys at once, leaves those that are there, and never one that was destroyed', async () => {
    const keyring = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
    const [there, gone] = [await keyring.create(), await keyring.create()];
    const wrapped = await keyring.wrap(there, Buffer.from('a'), Buffer.from('b'));
    await keyring.destroy(gone);
    const fresh = Array.from({ length: 70 }, () => randomUUID());
    const wanted = [there, gone, ...fresh, there];
    expect(await keyring.createAll(wanted)).toEqual([there, ...fresh]);
    expect(new Set(await keyring.list())).toEqual(new Set(['system', there, ...fresh]));
    expect(await keyring.unwrap(there, wrapped, Buffer.from('b'))).toEqual(Buffer.from('a'));
    await expect(keyring.createAll(['../x'])).rejects.toMatchObject({ code: 'KEY_ID_INVALID' });
  });

  test('files are 0600 and folders 0700, whatever the umask', async () => {
    const folder = join(await newFolder(), 'keys');
    const before = process.umask(0);
    try {
      const keyring = await openLocalKeyring({ folder, masterKey: null });
      await keyring.destroy(await keyring.create());
      await keyring.create();
    } finally {
      process.umask(before);
    }
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const path of contentsOf(folder).keys()) {
      expect([path, statSync(path).mode & 0o777]).toEqual([path, 0o600]);
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    }
  });

  test('health tells of files that others can read, and of damage', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const keyId = await keyring.create();
    expect(await keyring.health()).toEqual({ ok: true, keys: 2, shredded: 0, problems: [] });
    const file = bucketFile(folder, keyId);
    await chmod(file, 0o644);
    expect(await keyring.health()).toMatchObject({ ok: false, problems: [/mode 644/] });
    await chmod(file, 0o600);
    await damage(file, keyId);
    expect(await keyring.health()).toMatchObject({ ok: false, problems: [/does not open/] });
    await expect(keyring.wrap(keyId, PLAIN, AAD)).rejects.toMatchObject({
      code: 'KEYRING_DAMAGED',
    });
  });

  test('a damaged key stops a destruction, which would lose it for good', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const [ada, bob] = neighbours();
    await keyring.createAll([ada, bob]);
    await damage(bucketFile(folder, bob), bob);
    await expect(keyring.destroy(ada)).rejects.toMatchObject({ code: 'KEYRING_DAMAGED' });
    await keyring.wrap(ada, PLAIN, AAD);
    await keyring.destroy(await keyring.create());
    await writeFile(bucketFile(folder, ada), 'torn');
    await expect(keyring.wrap(ada, PLAIN, AAD)).rejects.toMatchObject({ code: 'KEYRING_DAMAGED' });
  });

  test('the table of another generation opens nothing, and a keyring without its own key is damaged', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const ada = await keyring.create();
    const table = readFileSync(join(folder, 'generation-1', 'buckets'));
    await keyring.destroy(await keyring.create());
    const file = join(folder, 'generation-2', 'buckets');
    const right = readFileSync(file);
    await writeFile(file, table);
    const damaged = { code: 'KEYRING_DAMAGED' };
    await expect(keyring.wrap(ada, PLAIN, AAD)).rejects.toMatchObject(damaged);
    await writeFile(file, right);
    await keyring.wrap(ada, PLAIN, AAD);
    await rm(bucketFile(folder, 'system'));
    await expect(openLocalKeyring({ folder, masterKey: null })).rejects.toMatchObject(damaged);
  });

  test('keys that are swapped between customers do not open', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const [ada, bob] = neighbours();
    await keyring.createAll([ada, bob]);
    const file = bucketFile(folder, ada);
    const text = readFileSync(file, 'latin1');
    const swapped = text.replace(ada, '?').replace(bob, ada).replace('?', bob);
    await writeFile(file, swapped);
    await expect(keyring.wrap(ada, PLAIN, AAD)).rejects.toMatchObject({ code: 'KEYRING_DAMAGED' });
  });

  test('a wrapped key opens neither under another key nor for another purpose', async () => {
    const keyring = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
    const [ada, bob] = [await keyring.create(), await keyring.create()];
    const wrapped = await keyring.wrap(ada, PLAIN, AAD);
    const refused = { code: 'PAYLOAD_REFUSED' };
    await expect(keyring.unwrap(bob, wrapped, AAD)).rejects.toMatchObject(refused);
    await expect(keyring.unwrap(ada, wrapped, Buffer.from('x'))).rejects.toMatchObject(refused);
  });

  test.each(['', 'ada', '../system', 'A3BB189E-8BF9-3888-9912-ACE4E6543002', 'system\n'])(
    '%j is no key id',
    async (keyId) => {
      const keyring = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
      for (const ask of [
        keyring.create(keyId),
        keyring.wrap(keyId, PLAIN, AAD),
        keyring.destroy(keyId),
      ])
        await expect(ask).rejects.toMatchObject({ code: 'KEY_ID_INVALID' });
    },
  );
});

describe('the operator’s master key', () => {
  test('is needed to open the keyring again', async () => {
    const folder = await newFolder();
    const masterKey = randomBytes(32);
    const keyId = await (await openLocalKeyring({ folder, masterKey })).create();
    await (await openLocalKeyring({ folder, masterKey })).wrap(keyId, PLAIN, AAD);
    for (const other of [null, randomBytes(32)]) {
      await expect(openLocalKeyring({ folder, masterKey: other })).rejects.toMatchObject({
        code: 'MASTER_KEY_WRONG',
      });
    }
  });

  test('is read from base64 or hex, and nothing weaker is taken', () => {
    const bytes = randomBytes(32);
    expect(parseMasterKey(` ${bytes.toString('base64')}\n`, 'x')).toEqual(bytes);
    expect(parseMasterKey(bytes.toString('hex'), 'x')).toEqual(bytes);
    for (const bad of ['', 'secret', '0'.repeat(64), bytes.toString('base64').slice(4)]) {
      expect(() => parseMasterKey(bad, 'JORNADA_MASTER_KEY')).toThrow(/JORNADA_MASTER_KEY/);
    }
  });
});

describe('readMasterKey', () => {
  const text = randomBytes(32).toString('base64');

  test('takes it from one variable, or from the file that another names', async () => {
    const file = join(await newFolder(), 'master');
    await writeFile(file, `${text}\n`);
    const bytes = Buffer.from(text, 'base64');
    expect(await readMasterKey({ JORNADA_MASTER_KEY: text })).toEqual(bytes);
    expect(await readMasterKey({ JORNADA_MASTER_KEY_FILE: file })).toEqual(bytes);
    expect(await readMasterKey({})).toBeNull();
  });

  test('refuses both at once and a file that is not there, and never repeats a bad key', async () => {
    const both = { JORNADA_MASTER_KEY: text, JORNADA_MASTER_KEY_FILE: '/nowhere/key' };
    await expect(readMasterKey(both)).rejects.toThrow(/set as well/);
    const absent = { JORNADA_MASTER_KEY_FILE: '/nowhere/key' };
    await expect(readMasterKey(absent)).rejects.toThrow(/'\/nowhere\/key'.*ENOENT/);
    await expect(readMasterKey({ JORNADA_MASTER_KEY: 'hunter2' })).rejects.not.toThrow(/hunter2/);
  });
});

describe('destroying a key', () => {
  test('leaves the others, marks the id for good, and no file of the old master', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const [ada, bob] = [await keyring.create(), await keyring.create()];
    const [ofAda, ofBob] = [
      await keyring.wrap(ada, PLAIN, AAD),
      await keyring.wrap(bob, PLAIN, AAD),
    ];
    const before = contentsOf(folder);
    const bucket = bucketFile(folder, ada);
    await keyring.destroy(ada);
    expect(await keyring.unwrap(bob, ofBob, AAD)).toEqual(PLAIN);
    const gone = { code: 'KEY_SHREDDED' };
    await expect(keyring.unwrap(ada, ofAda, AAD)).rejects.toMatchObject(gone);
    await expect(keyring.create(ada)).rejects.toMatchObject(gone);
    expect(await keyring.health()).toMatchObject({ ok: true, keys: 2, shredded: 1 });
    await keyring.destroy(ada);
    const after = [...contentsOf(folder).values()];
    // Buckets of others are left as they are; master, table and the bucket of the key are not.
    const replaced = [...before].filter(
      ([path]) => path === bucket || path.includes('generation-1'),
    );
    expect(replaced).toHaveLength(3);
    for (const [, old] of replaced) expect(after.some((bytes) => bytes.includes(old))).toBe(false);
    const wrapped = (before.get(bucket)?.toString('latin1') ?? '').split('\n')[1]?.split(' ')[1];
    expect(wrapped).toHaveLength(80);
    expect(after.some((bytes) => bytes.includes(wrapped ?? ''))).toBe(false);
  });

  test('a key file that was kept from before opens nothing any more', async () => {
    const folder = await newFolder();
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    const ada = await keyring.create();
    await cp(bucketFile(folder, ada), join(folder, 'kept'));
    await keyring.destroy(ada);
    await cp(join(folder, 'kept'), bucketFile(folder, ada));
    await expect(keyring.wrap(ada, PLAIN, AAD)).rejects.toMatchObject({ code: 'KEYRING_DAMAGED' });
  });

  test('neither the system’s key nor one that never was', async () => {
    const keyring = await openLocalKeyring({ folder: await newFolder(), masterKey: null });
    await expect(keyring.destroy('system')).rejects.toMatchObject({ code: 'KEY_SYSTEM_KEPT' });
    const never = 'a3bb189e-8bf9-3888-9912-ace4e6543002';
    await expect(keyring.destroy(never)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  });

  test('no key gets lost when keys are made and destroyed at the same time', async () => {
    const folder = await newFolder();
    const [one, two] = [
      await openLocalKeyring({ folder, masterKey: null }),
      await openLocalKeyring({ folder, masterKey: null }),
    ];
    const doomed = await Promise.all([one.create(), two.create(), one.create()]);
    const made = Promise.all(Array.from({ length: 6 }, (_, n) => (n % 2 ? one : two).create()));
    await Promise.all([made, ...doomed.map((keyId) => two.destroy(keyId))]);
    expect(await one.list()).toEqual([...(await made), 'system'].sort());
  });
});

/** A keyring as it was before there were buckets: a file a key. */
function formerKeyring(folder: string, keyIds: readonly string[], shredded: readonly string[]) {
  const secret = randomBytes(32);
  const master = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), 'jornada master 1', 32));
  const check = createHmac('sha256', master).update('jornada check').digest().subarray(0, 16);
  const inside = join(folder, 'generation-3');
  mkdirSync(inside, { recursive: true });
  const keks = new Map(keyIds.map((keyId) => [keyId, randomBytes(32)]));
  const put = (name: string, bytes: Uint8Array): void =>
    writeFileSync(join(inside, name), bytes, { mode: 0o600 });
  put('master', Buffer.concat([secret, check]));
  for (const [keyId, kek] of keks) {
    put(`${keyId}.kek`, seal(master, kek, Buffer.from(`jornada kek 1\n${keyId}`)));
  }
  for (const keyId of shredded) put(`${keyId}.shredded`, new Uint8Array());
  return keks;
}

describe('a keyring of before there were buckets', () => {
  test('is taken over with all its keys, and nothing of its files is left', async () => {
    const folder = await newFolder();
    const [many, gone] = [Array.from({ length: 600 }, () => randomUUID()), randomUUID()];
    const keks = formerKeyring(folder, ['system', ...many], [gone]);
    const wrapped = many.map((keyId) => seal(keks.get(keyId) ?? Buffer.alloc(32), PLAIN, AAD));
    const keyring = await openLocalKeyring({ folder, masterKey: null });
    for (const [index, keyId] of many.entries()) {
      expect(await keyring.unwrap(keyId, wrapped[index] ?? PLAIN, AAD)).toEqual(PLAIN);
    }
    await expect(keyring.create(gone)).rejects.toMatchObject({ code: 'KEY_SHREDDED' });
    expect(await keyring.health()).toMatchObject({ ok: true, keys: 601, shredded: 1 });
    expect(readdirSync(folder).sort()).toEqual(['buckets', 'generation-4']);
    expect(readdirSync(join(folder, 'generation-4')).sort()).toEqual(['buckets', 'master']);
  });
});

test('destroying one of many keys writes no more files than destroying one of few', async () => {
  const writesOf = async (count: number): Promise<number> => {
    let writes = 0;
    const write: KeyFiles['write'] = (path, bytes) => {
      writes += 1;
      return diskFiles.write(path, bytes);
    };
    const folder = await newFolder();
    const files = { ...diskFiles, write };
    const keyring = await openLocalKeyring({ folder, masterKey: null, files });
    const [first = ''] = await keyring.createAll(Array.from({ length: count }, () => randomUUID()));
    writes = 0;
    await keyring.destroy(first);
    return writes;
  };
  expect(await writesOf(3_000)).toBe(await writesOf(1));
});

describe('killed at any file operation', () => {
  const CHANGES = [
    'makeFolder',
    'write',
    'rename',
    'link',
    'syncFolder',
    'remove',
    'removeFolder',
  ] as const;

  /** File operations of a process that is dead from its n-th change on; `armed` starts the count. */
  function dyingAt(last: number, armed: { readonly now: boolean }): KeyFiles {
    let changes = 0;
    const files = { ...diskFiles } as Record<string, unknown>;
    for (const name of CHANGES) {
      const real = diskFiles[name] as (...given: unknown[]) => Promise<void>;
      files[name] = async (...given: unknown[]) => {
        if (armed.now && ++changes > last) throw new Error('killed');
        return real(...given);
      };
    }
    return files as unknown as KeyFiles;
  }

  /** The lock of a dead process: what a kill leaves behind. */
  async function die(folder: string): Promise<void> {
    const record = { bootId: 'before', owner: { pid: 1, began: null }, token: 'x' };
    await rm(lockFile(folder), { force: true });
    await writeFile(lockFile(folder), JSON.stringify(record));
  }

  async function reads(keyring: KeyProvider, keyId: string, wrapped: Buffer): Promise<string> {
    return keyring.unwrap(keyId, wrapped, AAD).then(
      () => 'reads',
      (error: { code?: string }) => error.code ?? 'unknown',
    );
  }

  test('destroy leaves the old state or the new one, and can be finished', async () => {
    const outcomes: string[] = [];
    for (let last = 0; ; last++) {
      const folder = await newFolder();
      const keyring = await openLocalKeyring({ folder, masterKey: null });
      const [ada, bob] = neighbours();
      await keyring.createAll([ada, bob]);
      const [ofAda, ofBob] = [
        await keyring.wrap(ada, PLAIN, AAD),
        await keyring.wrap(bob, PLAIN, AAD),
      ];
      const armed = { now: false };
      const files = dyingAt(last, armed);
      const dying = await openLocalKeyring({ folder, masterKey: null, files });
      armed.now = true;
      const killed = await dying.destroy(ada).then(
        () => false,
        () => true,
      );
      if (killed) await die(folder);
      const next = await openLocalKeyring({ folder, masterKey: null });
      outcomes.push(await reads(next, ada, ofAda));
      expect(await reads(next, bob, ofBob)).toBe('reads');
      await next.destroy(ada);
      expect(await reads(next, ada, ofAda)).toBe('KEY_SHREDDED');
      expect(await reads(next, bob, ofBob)).toBe('reads');
      expect(await next.health()).toMatchObject({ ok: true, keys: 2, shredded: 1 });
      expect(readdirSync(folder).filter((name) => /generation|draft/.test(name))).toHaveLength(1);
      if (!killed) break;
    }
    expect(outcomes.length).toBeGreaterThan(15);
    const firstNew = outcomes.indexOf('KEY_SHREDDED');
    expect(new Set(outcomes.slice(0, firstNew))).toEqual(new Set(['reads']));
    expect(new Set(outcomes.slice(firstNew))).toEqual(new Set(['KEY_SHREDDED']));
  });

  test('the opening of a keyring of before can be done again, and loses no key', async () => {
    for (let last = 0, killed = true; killed; last++) {
      const folder = await newFolder();
      const [ada, gone] = [randomUUID(), randomUUID()];
      const keks = formerKeyring(folder, ['system', ada], [gone]);
      const wrapped = seal(keks.get(ada) ?? Buffer.alloc(32), PLAIN, AAD);
      const files = dyingAt(last, { now: true });
      killed = await openLocalKeyring({ folder, masterKey: null, files }).then(
        () => false,
        () => true,
      );
      if (killed) await die(folder);
      const keyring = await openLocalKeyring({ folder, masterKey: null });
      expect(await reads(keyring, ada, wrapped)).toBe('reads');
      expect(await reads(keyring, gone, wrapped)).toBe('KEY_SHREDDED');
      expect(await keyring.health()).toMatchObject({ ok: true, keys: 2, shredded: 1 });
      const left = readdirSync(folder).filter((name) => !name.startsWith('lock'));
      expect(left.sort()).toEqual(['buckets', 'generation-4']);
    }
  });

  test('the first opening can be done again', async () => {
    for (let last = 0, killed = true; killed; last++) {
      const folder = await newFolder();
      const files = dyingAt(last, { now: true });
      const opening = openLocalKeyring({ folder, masterKey: null, files });
      killed = await opening.then(
        () => false,
        () => true,
      );
      if (killed) await die(folder);
      const keyring = await openLocalKeyring({ folder, masterKey: null });
      expect(await keyring.health()).toMatchObject({ ok: true, keys: 1 });
    }
  });
});
