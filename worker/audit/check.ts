/** Checks the log of a store against itself and the checkpoints in files. Class: side effect. */
import { readFile } from 'node:fs/promises';
import { type FoundEntry, REPLACED_ACTION, type Verdict, verifyLog } from '../../audit/index.js';
import type { Audit, AuditLog } from '../../store/index.js';

/** Checkpoints that somebody kept. `place` is how people call it. */
export interface KeptText {
  readonly place: string;
  readonly text: string;
}

const PAGE = 1_000;

/** How often journals are read again that were replaced while they were checked. */
const TURNS = 5;

/**
 * Checks all of it, while it goes on. Files are read before the store and checkpoints before entries: each holds no
 * more than what is read after it.
 */
export async function checkAuditLog(
  audit: Audit,
  files: readonly string[],
  given: readonly KeptText[],
): Promise<Verdict> {
  for (let turn = 1; ; turn += 1) {
    const kept = [...(await readFiles(files)), ...given];
    const text = (await readNotes(audit.log)).join('');
    let size: number | null = null;
    const verdict = await verifyLog({
      entries: () => counted(audit.log.entries(), (end) => (size = end)),
      size: () => size,
      checkpoints: { place: 'the store', text },
      kept,
      journals: audit.log.journals,
      certificates: audit.log.certificates,
      publicKey: null,
    });
    const isOfJournals = verdict.findings.length > 0 && verdict.findings.every(isOfJournal);
    if (turn === TURNS || !isOfJournals || !(await wasReplaced(audit, verdict))) return verdict;
  }
}

const isOfJournal = ({ part }: Verdict['findings'][number]): boolean => part === 'journal';

/** Whether a journal was replaced after the entries were read. */
async function wasReplaced(audit: Audit, { checked }: Verdict): Promise<boolean> {
  const filter = { action: REPLACED_ACTION, number: { $gt: checked.entries } };
  return (await audit.query({ filter, limit: 1 })).items.length > 0;
}

async function* counted(
  entries: AsyncGenerator<FoundEntry, number>,
  ended: (size: number) => void,
): AsyncGenerator<FoundEntry> {
  ended(yield* entries);
}

/** The notes of all checkpoints in the store, in order. */
export async function readNotes(log: AuditLog): Promise<readonly string[]> {
  const notes: string[] = [];
  for (let after = -1; ; ) {
    const page = await log.notesAfter(after, PAGE);
    notes.push(...page.map(({ note }) => note));
    const last = page.at(-1);
    if (!last) return notes;
    after = last.size;
  }
}

/** A file that is not there holds no checkpoint. */
async function readFiles(files: readonly string[]): Promise<readonly KeptText[]> {
  const all = await Promise.all(
    files.map(async (place) => ({ place, text: await readFile(place, 'utf8').catch(absent) })),
  );
  return all.filter((one): one is KeptText => one.text !== null);
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
