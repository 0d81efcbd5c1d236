/**
 * Whether the package of an export is whole: the manifest is that of its hash, every file is there, as long, of the same
 * SHA-256, with as many rows, each of which fits its schema; and there is nothing else. Files are read as streams.
 * Class: side effect (reads a file).
 */
import { createHash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import { type OpenZip, openZip } from '../../archive/read-zip.js';
import {
  faultOf,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  type RowSchema,
  SCHEMA,
} from './manifest.js';

/** What was found. */
export interface ExportVerdict {
  readonly isWhole: boolean;
  readonly exportId: string | null;
  readonly customerId: string | null;
  readonly cutOff: string | null;
  readonly manifestSha256: string | null;
  /** Data files that were checked. */
  readonly files: number;
  /** Rows of the systems, each counted once. */
  readonly rows: number;
  /** Systems that the package says are missing, with its reason. */
  readonly partial: readonly { readonly system: string; readonly reason: string | null }[];
  /** What is wrong; the first ones. */
  readonly faults: readonly { readonly file: string; readonly fault: string }[];
}

const MOST_FAULTS = 20;
/** A manifest of more is none of ours. */
const MOST_TEXT = 16 * 1024 * 1024;
const MOST_LINE = 64 * 1024 * 1024;

/** Checks a file. Errors: the system's, when it cannot be read. */
export async function verifyPackage(path: string): Promise<ExportVerdict> {
  const faults: { file: string; fault: string }[] = [];
  const note = (file: string, fault: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ file, fault });
  };
  const zip = await openZip(path).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall) throw error;
    note('', `it is no ZIP that can be read: ${error.message}`);
    return null;
  });
  if (!zip) return { ...NOTHING, faults };
  try {
    const manifest = await manifestOf(zip, note);
    if (!manifest) return { ...NOTHING, faults };
    const schemas = new Map<string, RowSchema>();
    for (const file of manifest.content.files) {
      try {
        await checkFile(zip, file, schemas, note);
      } catch (error) {
        note(file.path, messageOf(error));
      }
    }
    checkNames(zip, manifest.content, note);
    return {
      ...summaryOf(manifest.content),
      manifestSha256: manifest.sha256,
      isWhole: faults.length === 0,
      faults,
    };
  } finally {
    zip.close();
  }
}

const NOTHING = {
  ...{ isWhole: false, exportId: null, customerId: null, cutOff: null, manifestSha256: null },
  ...{ files: 0, rows: 0, partial: [] },
};

type Note = (file: string, fault: string) => void;

async function manifestOf(
  zip: OpenZip,
  note: Note,
): Promise<{ readonly content: Manifest; readonly sha256: string } | null> {
  try {
    const text = await textOf(zip, 'manifest.json');
    const sha256 = createHash('sha256').update(text).digest('hex');
    const told = (await textOf(zip, 'manifest.sha256')).slice(0, 64);
    if (told !== sha256) note('manifest.json', 'it is another one than manifest.sha256 says');
    const read = MANIFEST.safeParse(JSON.parse(text));
    if (read.success) return { content: read.data, sha256 };
    const [issue] = read.error.issues;
    note('manifest.json', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  } catch (error) {
    note('manifest.json', messageOf(error));
  }
  return null;
}

async function checkFile(
  zip: OpenZip,
  file: ManifestFile,
  schemas: Map<string, RowSchema>,
  note: Note,
): Promise<void> {
  const schema =
    schemas.get(file.schema) ?? SCHEMA.parse(JSON.parse(await textOf(zip, file.schema)));
  schemas.set(file.schema, schema);
  const isLines = file.path.endsWith('.jsonl');
  const hash = createHash('sha256');
  let bytes = 0;
  const count = isLines ? countLines(schema) : countRecords();
  for await (const part of await zip.read(file.path)) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
    count.take(part as Buffer);
  }
  const { rows, fault } = count.end();
  if (bytes !== file.bytes) note(file.path, `it has ${bytes} bytes, not ${file.bytes}`);
  if (hash.digest('hex') !== file.sha256) note(file.path, 'its SHA-256 is another one');
  if (rows !== file.rows) note(file.path, `it has ${rows} rows, not ${file.rows}`);
  if (fault !== null) note(file.path, fault);
}

/** Rows of JSON Lines, each held against the schema; the first that does not fit is told. */
function countLines(schema: RowSchema) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let rows = 0;
  let fault: string | null = null;
  const judge = (line: string): void => {
    rows += 1;
    if (fault !== null) return;
    try {
      const wrong = faultOf(JSON.parse(line), schema);
      if (wrong !== null) fault = `row ${rows}: ${wrong}`;
    } catch {
      fault = `row ${rows}: it is no JSON`;
    }
  };
  return {
    take: (part: Buffer): void => {
      const lines = (rest + decoder.write(part)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MOST_LINE) throw new Error('it has a line that never ends');
      for (const line of lines) judge(line);
    },
    end: () => {
      if (rest !== '') judge(rest);
      return { rows, fault };
    },
  };
}

const QUOTE = 0x22;
const LINE_END = 0x0a;

/** Records of CSV behind its head: line ends within quotes are none. */
function countRecords() {
  let isQuoted = false;
  let ends = 0;
  return {
    take: (part: Buffer): void => {
      for (const byte of part) {
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LINE_END && !isQuoted) ends += 1;
      }
    },
    end: () => ({
      rows: Math.max(0, ends - 1),
      fault: isQuoted ? 'a quote is never closed' : null,
    }),
  };
}

/** A file that the manifest does not know was put there by somebody else. */
function checkNames({ names }: OpenZip, { files }: Manifest, note: Note): void {
  const known = new Set(['README.txt', 'manifest.json', 'manifest.sha256']);
  for (const { path, schema } of files) known.add(path).add(schema);
  for (const name of names) if (!known.has(name)) note(name, 'the manifest does not name it');
}

function summaryOf({ exportId, customerId, cutOff, files }: Manifest) {
  const sets = new Map<string, number>();
  const partial = new Map<string, string | null>();
  for (const { path, rows, status, sourceSystem, reason } of files) {
    sets.set(path.replace(/\.\w+$/, ''), rows);
    if (status === 'partial') partial.set(sourceSystem, reason ?? null);
  }
  return {
    ...{ exportId, customerId, cutOff, files: files.length },
    rows: [...sets.values()].reduce((sum, rows) => sum + rows, 0),
    partial: [...partial].map(([system, reason]) => ({ system, reason })),
  };
}

async function textOf(zip: OpenZip, name: string): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of await zip.read(name)) {
    length += (part as Buffer).length;
    if (length > MOST_TEXT) throw new Error('it is too long');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
