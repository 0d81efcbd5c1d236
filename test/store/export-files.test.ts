import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createExportFiles, type ExportDisk, type ExportFile } from '../../store/index.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'jornada-test-files-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const keys = { fileKey: async (keyId: string) => Buffer.alloc(32, keyId) };
const files = createExportFiles({ folder: FOLDER, keys, reserveBytes: 0 });
const at = (more: Partial<ExportFile> = {}): ExportFile => ({
  ...{ exportId: 'e1', name: 'data.jsonl', keyId: 'k1' },
  ...more,
});

async function* cut(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function readAll(file: ExportFile) {
  const { bytes, plain } = await files.read(file);
  const parts: Buffer[] = [];
  for await (const part of plain) parts.push(part);
  return { bytes, all: Buffer.concat(parts) };
}

const PIECE = 65_536;

describe('files of exports', () => {
  test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])(
    '%i bytes come back, and their number is known before',
    async (length) => {
      const bytes = randomBytes(length);
      await files.write(at(), cut(bytes, 10_007), length);
      const { bytes: told, all } = await readAll(at());
      expect([told, all.equals(bytes)]).toEqual([length, true]);
      const raw = readFileSync(join(FOLDER, 'e1', 'data.jsonl'));
      if (length > 100) expect(raw.includes(bytes.subarray(0, 32))).toBe(false);
      expect(statSync(join(FOLDER, 'e1', 'data.jsonl')).mode & 0o777).toBe(0o600);
    },
  );

  test.each([
    ['a byte is another one', (raw: Buffer) => raw.fill(raw[40] === 0 ? 1 : 0, 40, 41)],
    ['the last piece is missing', (raw: Buffer) => raw.subarray(0, 20 + PIECE + 16)],
    ['its end is missing', (raw: Buffer) => raw.subarray(0, raw.length - 1)],
    ['nothing but its head is there', (raw: Buffer) => raw.subarray(0, 20)],
    ['it is none of ours', () => Buffer.from('PK and more of what is no file of ours')],
    [
      'two pieces are swapped',
      (raw: Buffer) => {
        const size = PIECE + 16;
        const [head, a, b, rest] = [0, 20, 20 + size, 20 + 2 * size].map((from, index, all) =>
          raw.subarray(from, all[index + 1]),
        ) as [Buffer, Buffer, Buffer, Buffer];
        return Buffer.concat([head, b, a, rest]);
      },
    ],
  ])('when %s it does not open', async (_what, change) => {
    await files.write(at(), cut(randomBytes(2 * PIECE + 5), 9999), 0);
    const path = join(FOLDER, 'e1', 'data.jsonl');
    writeFileSync(path, change(readFileSync(path)));
    await expect(readAll(at())).rejects.toMatchObject({ code: 'EXPORT_FILE_DAMAGED' });
  });

  test('under another name, of another export or customer it does not open', async () => {
    await files.write(at(), cut(randomBytes(100), 100), 0);
    mkdirSync(join(FOLDER, 'e2'), { recursive: true });
    const raw = readFileSync(join(FOLDER, 'e1', 'data.jsonl'));
    writeFileSync(join(FOLDER, 'e2', 'data.jsonl'), raw);
    writeFileSync(join(FOLDER, 'e1', 'other.jsonl'), raw);
    for (const file of [at({ exportId: 'e2' }), at({ name: 'other.jsonl' }), at({ keyId: 'k2' })]) {
      await expect(readAll(file)).rejects.toMatchObject({ code: 'EXPORT_FILE_DAMAGED' });
    }
  });

  test.each(['../x', 'a/b', '.hidden', '', 'a\0b'])('the name %j leads nowhere', async (name) => {
    await expect(files.read(at({ name }))).rejects.toMatchObject({ code: 'EXPORT_FILE_MISSING' });
    await expect(files.read(at({ exportId: name }))).rejects.toMatchObject({
      code: 'EXPORT_FILE_MISSING',
    });
  });
});

/** A disk that takes so many bytes. */
const disk = (room: number, more: Partial<ExportDisk> = {}): ExportDisk => ({
  create: async (path) => {
    const handle = await open(path, 'wx');
    let left = room;
    return {
      appendFile: async (data) => {
        left -= (data as Buffer).length;
        if (left < 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        await handle.appendFile(data as Buffer);
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  free: async () => Number.MAX_SAFE_INTEGER,
  ...more,
});

describe('a full disk', () => {
  const FULL = { code: 'EXPORT_DISK_FULL' };
  const folder = join(FOLDER, 'full');
  const lying = (): readonly string[] => {
    const place = join(folder, 'e1');
    return existsSync(place) ? readdirSync(place) : [];
  };

  test.each([0, 20, 21, PIECE, 100_000])(
    'at byte %i leaves nothing of what was begun',
    async (room) => {
      const small = createExportFiles({ folder, keys, reserveBytes: 0, disk: disk(room) });
      await expect(small.write(at(), cut(randomBytes(150_000), 4096), 0)).rejects.toMatchObject(
        FULL,
      );
      expect(lying()).toEqual([]);
    },
  );

  test('leaves the file of before as it was', async () => {
    const before = createExportFiles({ folder, keys, reserveBytes: 0 });
    await before.write(at(), cut(Buffer.from('before'), 6), 0);
    const small = createExportFiles({ folder, keys, reserveBytes: 0, disk: disk(PIECE) });
    await expect(small.write(at(), cut(randomBytes(150_000), 4096), 0)).rejects.toMatchObject(FULL);
    expect(lying()).toEqual(['data.jsonl']);
    const { plain } = await before.read(at());
    for await (const part of plain) expect(part.toString()).toBe('before');
  });

  test('is seen before the first byte, and on the way', async () => {
    const tight = disk(1e9, { free: async () => 1000 });
    const one = createExportFiles({ folder, keys, reserveBytes: 500, disk: tight });
    await expect(
      one.write(at({ name: 'x' }), cut(Buffer.alloc(10), 10), 501),
    ).rejects.toMatchObject(FULL);
    let asked = 0;
    const shrinking = disk(1e9, { free: async () => (asked++ === 0 ? 1e9 : 10) });
    const two = createExportFiles({ folder, keys, reserveBytes: 500, disk: shrinking });
    await expect(
      two.write(at({ name: 'x' }), cut(Buffer.alloc(20_000_000), 1_000_000), 0),
    ).rejects.toMatchObject(FULL);
    expect(lying()).toEqual(['data.jsonl']);
  });

  test('a writer that was killed leaves what the next sweep removes, and no file that looks whole', async () => {
    writeFileSync(join(folder, 'e1', 'package-1.zip.abc.unfinished'), 'half');
    const all = createExportFiles({ folder, keys, reserveBytes: 0 });
    await expect(all.read(at({ name: 'package-1.zip' }))).rejects.toMatchObject({
      code: 'EXPORT_FILE_MISSING',
    });
    await all.sweep('e1', () => true);
    expect(lying()).toEqual(['data.jsonl']);
    await all.sweep('e1', () => false);
    expect(existsSync(join(folder, 'e1'))).toBe(false);
    await all.sweep('e1', () => false);
  });

  test('that cannot be looked into is not taken for empty', async () => {
    const odd = createExportFiles({ folder, keys, reserveBytes: 0 });
    writeFileSync(join(folder, 'e2'), 'no folder');
    await expect(odd.sweep('e2', () => false)).rejects.toMatchObject({ code: 'ENOTDIR' });
    rmSync(join(folder, 'e2'));
  });

  test('that cannot be removed is told of', async ({ skip }) => {
    const mounted = mount();
    if (mounted === null) return skip();
    try {
      const busy = createExportFiles({ folder: dirname(mounted), keys, reserveBytes: 0 });
      await expect(busy.sweep(basename(mounted), () => false)).rejects.toMatchObject({
        code: 'EBUSY',
      });
    } finally {
      execFileSync('umount', [mounted]);
      rmSync(mounted, { recursive: true });
    }
  });

  test('that really is full', async ({ skip }) => {
    const mounted = mount();
    if (mounted === null) return skip();
    try {
      const real = createExportFiles({ folder: mounted, keys, reserveBytes: 0 });
      await real.write(at(), cut(randomBytes(100_000), 4096), 0);
      // What is expected is too little on purpose: the disk itself has to say no.
      await expect(
        real.write(at({ name: 'big' }), cut(randomBytes(3_000_000), 4096), 0),
      ).rejects.toMatchObject(FULL);
      expect(readdirSync(join(mounted, 'e1'))).toEqual(['data.jsonl']);
    } finally {
      execFileSync('umount', [mounted]);
      rmSync(mounted, { recursive: true });
    }
  });
});

/** A file system of two megabytes, where this user may make one. */
function mount(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-tmpfs-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}
