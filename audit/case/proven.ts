/** The entries of the log in a case file: each is proven to be in the log that the checkpoint is of. Class: pure. */
import type { SignedCheckpoint } from '../checkpoint.js';
import { type Entry, entryHash, type PersonalPart, parseEntry } from '../entry.js';
import { parsePersonal } from '../personal.js';
import { isIncluded } from '../proofs.js';
import { checkPersonal, gather, type Pass } from '../verify/entries.js';
import { CASE_FILES, parseProof } from './format.js';
import { linesOf } from './lines.js';
import type { CaseCheck } from './verify.js';

/** Checks them, and gathers what they say. @returns how many there are */
export function checkProvenEntries(
  check: CaseCheck,
  pass: Pass,
  checkpoint: SignedCheckpoint | null,
): number {
  const entries = parsed(check, CASE_FILES.entries, parseEntry);
  const proofs = new Map(
    parsed(check, CASE_FILES.proofs, parseProof).map((one) => [one.number, one]),
  );
  const parts = new Map(
    parsed(check, CASE_FILES.personal, parsePersonal).map((one) => [one.number, one]),
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

/** The lines of a file as they are parsed; what is no such line is told. */
function parsed<T>(
  { texts, tell }: CaseCheck,
  name: string,
  parse: (line: string) => T | null,
): readonly T[] {
  const lines = linesOf(texts.get(name) ?? '');
  if (lines === null) tell(name, 'its end is missing');
  return (lines ?? []).flatMap((line, index) => {
    const one = parse(line);
    if (one === null) tell(name, `line ${index + 1} is not as it is written`);
    return one === null ? [] : [one];
  });
}
