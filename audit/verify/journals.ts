/** Checks of journals against their anchors. Class: reads what it is given. */
import { type JournalAnchor, type JournalRecord, journalDigest, NO_JOURNAL } from '../journal.js';
import type { Pass } from './entries.js';

/** Compares every journal with what the log holds of it. @returns how much was checked */
export async function checkJournals(
  pass: Pass,
  journals: AsyncIterable<JournalRecord>,
): Promise<{ readonly instances: number; readonly entries: number }> {
  const waiting = new Map([...pass.anchors].filter(([, anchors]) => anchors.length > 0));
  const instances = waiting.size;
  let entries = 0;
  let walk = newWalk('', []);
  for await (const record of journals) {
    if (walk.instanceId !== record.instanceId) {
      finish(pass, walk);
      walk = newWalk(record.instanceId, waiting.get(record.instanceId) ?? []);
      if (pass.deletedJournals.has(record.instanceId)) {
        tell(pass, walk, record.sequence, 'it is there, though the log says that it was deleted');
      }
      waiting.delete(record.instanceId);
    }
    if (walk.at < walk.anchors.length) entries += 1;
    step(pass, walk, record);
  }
  finish(pass, walk);
  for (const [instanceId, anchors] of waiting) finish(pass, newWalk(instanceId, anchors));
  return { instances, entries };
}

interface Walk {
  readonly instanceId: string;
  readonly anchors: readonly JournalAnchor[];
  /** Sequence number that comes next. */
  next: number;
  /** The anchor that comes next. */
  at: number;
  digest: Buffer;
  isWrong: boolean;
}

function newWalk(instanceId: string, anchors: readonly JournalAnchor[]): Walk {
  return { instanceId, anchors, next: 1, at: 0, digest: NO_JOURNAL, isWrong: false };
}

function step(pass: Pass, walk: Walk, record: JournalRecord): void {
  const anchor = walk.anchors[walk.at];
  if (!anchor || walk.isWrong) return;
  const { sequence } = record;
  if (sequence !== walk.next) {
    tell(pass, walk, walk.next, `it is missing: entry ${sequence} follows`);
    return;
  }
  walk.digest = journalDigest(walk.digest, record);
  walk.next += 1;
  if (sequence !== anchor.sequence) return;
  const from = (walk.anchors[walk.at - 1]?.sequence ?? 0) + 1;
  walk.at += 1;
  if (walk.digest.toString('hex') === anchor.digest) return;
  const which = from === sequence ? 'it is' : `one of entries ${from} to ${sequence} is`;
  tell(pass, walk, from, `${which} not what it was when the log anchored it`);
}

/** Where anchors are left over, entries are missing at the end. */
function finish(pass: Pass, walk: Walk): void {
  const anchor = walk.anchors[walk.at];
  if (!anchor || walk.isWrong) return;
  tell(pass, walk, walk.next, `it is missing: the log anchored it up to entry ${anchor.sequence}`);
}

/** The first of a journal says it all: what comes after it cannot be told from there on. */
function tell(pass: Pass, walk: Walk, sequence: number, why: string): void {
  walk.isWrong = true;
  const what = `entry ${sequence} of the journal of instance ${walk.instanceId}`;
  pass.findings.push({ part: 'journal', number: null, to: null, what, why });
}
