/** The entries of the log in a case file: each is proven to be in the log that the checkpoint is of. Class: pure. */
import type { SignedCheckpoint } from '../checkpoint.js';
import { type Entry, entryHash, type PersonalPart, parseEntry } from '../entry.js';
import { parsePersonal } from '../personal.js';
import { isIncluded } from '../proofs.js';
import { checkPersonal, gather, type Pass } from '../verify/entries.js';
import type { CaseCheck } from './files.js';
import { CASE_FILES, parseProof } from './format.js';
import { parsedLines } from './lines.js';

/** Checks them, and gathers what they say. @returns how many there are */
export function checkProvenEntries(
  check: CaseCheck,
  pass: Pass,
  checkpoint: SignedCheckpoint | null,
): number {
  const entries = parsedLines(check, CASE_FILES.entries, parseEntry);
  const proofs = new Map(
    parsedLines(check, CASE_FILES.proofs, parseProof).map((one) => [one.number, one]),
  );
  const parts = new Map(
    parsedLines(check, CASE_FILES.personal, parsePersonal).map((one) => [one.number, one]),
  );
  let last = 0;
  for (const entry of entries) {
    const { number } = entry;
    if (number <= last) check.tell(`entry ${number}`, 'it is out of order');
    last = number;
    checkProof(check, entry, proofs.get(number)?.path ?? null, checkpoint);
    checkPersonal(pass, entry, (parts.get(number) as PersonalPart | undefined) ?? null);
    gather(pass, entry);
    proofs.delete(number);
    parts.delete(number);
  }
  for (const number of [...proofs.keys(), ...parts.keys()]) {
    check.tell(`entry ${number}`, 'there is something of it, but not the entry itself');
  }
  return entries.length;
}

function checkProof(
  { tell }: CaseCheck,
  entry: Entry,
  path: readonly Buffer[] | null,
  checkpoint: SignedCheckpoint | null,
): void {
  if (!checkpoint) return;
  const { size, root } = checkpoint;
  const isThere = path !== null && isIncluded(entryHash(entry), entry.number - 1, size, path, root);
  if (!isThere) tell(`entry ${entry.number}`, 'it is not in the log as it stands here');
}
