/** The journals in a case file, held against what the log anchored of each. Class: reads what it is given. */
import { canonicalJson } from '../canonical.js';
import type { JournalRecord } from '../journal.js';
import type { Pass } from '../verify/entries.js';
import { checkJournals } from '../verify/journals.js';
import type { CaseCheck } from './files.js';
import { linesOf } from './lines.js';

const NAME = /^journals\/([^/]+)\.jsonl$/;

/** The line of an entry, without its end. Only one that is sealed has the key `sealed`, as in what is hashed. */
export function recordText(record: JournalRecord): string {
  const { sealed, ...rest } = record;
  return canonicalJson({ ...rest, sealed: sealed ?? undefined });
}

/** Reads such a line; null when it is not exactly one. */
function parseRecord(line: string): JournalRecord | null {
  try {
    const found = JSON.parse(line) as JournalRecord;
    const record = { ...found, sealed: found.sealed ?? null };
    return recordText(record) === line ? record : null;
  } catch {
    return null;
  }
}

/** Checks them all; one that the log has not anchored to its end is a finding. */
export async function checkCaseJournals(
  check: CaseCheck,
  pass: Pass,
): Promise<{ readonly instances: number; readonly entries: number }> {
  const names = [...check.texts.keys()].filter((name) => NAME.test(name)).sort();
  const records = names.flatMap((name) => readRecords(check, name));
  for (const instanceId of lastOf(records).keys()) {
    if (!pass.anchors.has(instanceId)) pass.anchors.set(instanceId, []);
  }
  for (const [instanceId, last] of lastOf(records)) {
    const anchored = pass.anchors.get(instanceId)?.at(-1)?.sequence ?? 0;
    if (anchored < last) {
      check.tell(
        `journal of instance ${instanceId}`,
        `the log has anchored ${anchored} of its ${last} entries`,
      );
    }
  }
  return checkJournals(pass, each(records));
}

async function* each(records: readonly JournalRecord[]): AsyncGenerator<JournalRecord> {
  yield* records;
}

const lastOf = (records: readonly JournalRecord[]): ReadonlyMap<string, number> =>
  new Map(records.map(({ instanceId, sequence }) => [instanceId, sequence]));

function readRecords({ texts, tell }: CaseCheck, name: string): readonly JournalRecord[] {
  const lines = linesOf(texts.get(name) ?? '');
  const instanceId = NAME.exec(name)?.[1];
  if (lines === null) tell(name, 'its end is missing');
  return (lines ?? []).flatMap((line, index) => {
    const record = parseRecord(line);
    if (record?.instanceId === instanceId && record) return [record];
    tell(name, `line ${index + 1} is no entry of its journal`);
    return [];
  });
}
