/** Writes the log into a folder that anybody can check without an engine. Class: side effect. */
import { type FileHandle, open, readdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import {
  CERTIFICATE_ACTION,
  canonicalJson,
  certificateHash,
  entryText,
  keyText,
  parseCheckpoint,
} from '../../audit/index.js';
import { EXPORT_FILES, personalText } from '../../audit/offline/index.js';
import type { AuditLog } from '../../store/index.js';
import { readNotes } from './check.js';
import { type AuditFailure, auditFailure } from './failure.js';
import { makeFolders } from './folders.js';
import type { Signer } from './signing-keys.js';

/** What was exported: entries up to the newest checkpoint. */
export interface Exported {
  readonly folder: string;
  readonly entries: number;
  readonly checkpoints: number;
}

/** Writes it. Errors: `AUDIT_EXPORT_FOLDER` when something is there already. */
export async function exportAuditLog(
  log: AuditLog,
  { terms }: Signer,
  folder: string,
): Promise<Exported> {
  await makeFolder(folder);
  const notes = await readNotes(log);
  const covered = parseCheckpoint(notes.at(-1) ?? '')?.size ?? 0;
  const first = terms[0];
  const write = (name: string, text: string) =>
    writeFile(join(folder, name), text, { mode: 0o600 });
  await write(EXPORT_FILES.checkpoints, notes.join(''));
  await write(EXPORT_FILES.publicKey, first ? `${keyText(first.key)}\n` : '');
  const entries = await create(join(folder, EXPORT_FILES.entries));
  const personal = await create(join(folder, EXPORT_FILES.personal));
  try {
    const certified = await writeEntries(log, covered, entries, personal);
    const certificates = (await log.certificates())
      .filter((one) => certified.has(certificateHash(one)))
      .map((one) => `${canonicalJson(one)}\n`);
    await write(EXPORT_FILES.certificates, certificates.join(''));
  } finally {
    await entries.close();
    await personal.close();
  }
  return { folder, entries: covered, checkpoints: notes.length };
}

async function makeFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder)) throw refused(folder, 'it is no absolute path');
  try {
    await makeFolders(folder);
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    throw refused(folder, error instanceof Error ? error.message : String(error));
  }
  throw refused(folder, 'it holds something');
}

function refused(folder: string, detail: string): AuditFailure {
  return auditFailure('AUDIT_EXPORT_FOLDER', { folder, detail });
}

function create(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o600);
}

/** Lines that are written together. */
const BATCH = 1_000;

/** @returns hashes of the certificates that the entries tell of */
async function writeEntries(
  log: AuditLog,
  covered: number,
  entries: FileHandle,
  personal: FileHandle,
): Promise<ReadonlySet<string>> {
  const certified = new Set<string>();
  let [lines, parts]: [string[], string[]] = [[], []];
  const flush = async (): Promise<void> => {
    await entries.appendFile(lines.join(''));
    await personal.appendFile(parts.join(''));
    [lines, parts] = [[], []];
  };
  for await (const { entry, personal: part } of log.entries()) {
    if (!entry || entry.number > covered) break;
    if (entry.action === CERTIFICATE_ACTION) certified.add(String(entry.facts?.hash));
    lines.push(`${entryText(entry)}\n`);
    // What is not opened is left out, as what was erased.
    if (part && typeof part !== 'string') parts.push(`${personalText(entry.number, part)}\n`);
    if (lines.length === BATCH) await flush();
  }
  await flush();
  return certified;
}
