/** A verdict in words, with what no check of a log by itself can tell. Class: pure. */
import { tamperedLines } from '../tampered.js';
import type { Verdict } from './types.js';

/** What the check cannot see. */
export const LIMIT =
  'Limit: without a checkpoint that is kept elsewhere, whoever holds the signing key can rewrite everything since the last one that is out of their reach.';

/** All lines, the first of which says whether it is sound. */
export function verdictLines({
  isSound,
  findings,
  checked,
  root,
  origin,
}: Verdict): readonly string[] {
  const { entries, covered, checkpoints, kept, keys } = checked;
  return [
    ...(isSound ? ['SOUND'] : tamperedLines(findings)),
    `log            ${origin ?? '-'}`,
    `entries        ${entries}, numbered without gaps, ${covered} covered by checkpoints`,
    `root           ${root}`,
    `checkpoints    ${checkpoints}, signed by ${plural(keys, 'key')}, each after the one before`,
    ...kept.map(
      ({ place, checkpoints: count }) => `compared with  ${place}: ${plural(count, 'checkpoint')}`,
    ),
    ...(kept.length === 0
      ? ['compared with  nothing that was kept elsewhere: --checkpoint FILE names it']
      : []),
    personalLine(checked),
    ...journalLines(checked),
    ...(checked.certificates === null
      ? []
      : [`certificates   ${checked.certificates} of deletion, each after the one before`]),
    LIMIT,
  ];
}

function personalLine({
  personal,
  erased,
  erasedWithKey,
  erasedUntold,
  unopened,
}: Verdict['checked']): string {
  const parts = [`personal parts ${personal} whole`, `${erased} erased`];
  if (erasedWithKey > 0) parts.push(`${erasedWithKey} of them with the key of a customer`);
  if (erasedUntold > 0) parts.push(`${erasedUntold} of them without an entry that says so`);
  if (unopened > 0) parts.push(`${unopened} sealed: no key at hand to check them`);
  return parts.join(', ');
}

function journalLines({
  journals,
  replacedAnchors,
  deletedJournals,
}: Verdict['checked']): readonly string[] {
  if (!journals) return ['journals       not at hand: only the engine or its database has them'];
  const replaced = replacedAnchors > 0 ? `, ${plural(replacedAnchors, 'anchor')} replaced` : '';
  const deleted = deletedJournals > 0 ? `, ${deletedJournals} deleted with their instances` : '';
  return [
    `journals       ${plural(journals.instances, 'instance')}, ${journals.entries} entries as they were anchored${replaced}${deleted}`,
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
