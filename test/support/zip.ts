/** ZIP files byte by byte, as no program that means well makes them. Source: PKWARE APPNOTE 6.3.10 §4.3. Class: pure. */
import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of it. */
export interface OddEntry {
  readonly name: string;
  readonly bytes?: string | Buffer;
  /** Of a Unix system, such as `0o120777`: a link. */
  readonly mode?: number;
  /** Of the general purpose bits. */
  readonly flags?: number;
  readonly isDeflated?: boolean;
  /** What it says that it has; absent: what it has. */
  readonly claimed?: number;
}

/** Packs them in their order, with whatever names they have. */
export function oddZip(entries: readonly OddEntry[]): Buffer {
  const locals: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const [local, row] = packed(entry, at);
    locals.push(local);
    list.push(row);
    at += local.length;
  }
  const rows = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(rows.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, rows, end]);
}

function packed(
  { name, bytes = 'x', mode = 0o100644, flags = 0x800, isDeflated = false, claimed }: OddEntry,
  at: number,
): readonly [local: Buffer, row: Buffer] {
  const raw = Buffer.from(bytes as string);
  const data = isDeflated ? deflateRawSync(raw, { level: 9 }) : raw;
  const title = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(isDeflated ? 8 : 0, 4);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(raw), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(claimed ?? raw.length, 18);
  common.writeUInt16LE(title.length, 22);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((mode << 16) >>> 0, 6);
  rest.writeUInt32LE(at, 10);
  const made = Buffer.from([20, 3]);
  const local = Buffer.concat([signed(0x04034b50), common, title, data]);
  return [local, Buffer.concat([signed(0x02014b50), made, common, rest, title])];
}

function signed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
