/** A verdict about a case file in words. Class: pure. */
import { tamperedLines } from '../tampered.js';
import type { CaseVerdict } from './verify.js';

/** What the check cannot see. */
const LIMIT =
  'Limit: whoever holds the signing key of the log could have made another case file; compare its checkpoint with one that was kept elsewhere.';

/** What a checkpoint that was kept elsewhere came to. */
const COMPARED: Readonly<Record<string, string>> = {
  null: 'nothing that was kept elsewhere: --checkpoint FILE names it',
  true: 'a checkpoint that was kept elsewhere: it is the same',
  false: 'checkpoints that were kept elsewhere: none is of the same size',
};

/** All lines, the first of which says whether it is sound. */
export function caseVerdictLines({
  isSound,
  findings,
  checked,
  ...of
}: CaseVerdict): readonly string[] {
  const { files, entries, personal, erased, journals, definitions, certificates, evidence } =
    checked;
  return [
    ...(isSound ? ['SOUND'] : tamperedLines(findings)),
    `case           ${of.processId ?? '-'} ${of.caseId ?? '-'}`,
    `made           ${of.madeAt ?? '-'}, signed by a key of log ${of.origin ?? '-'}`,
    `files          ${files} as they were signed`,
    `log            ${entries} entries, each proven to be in the log; ${personal} personal parts whole, ${erased} erased`,
    `journals       ${journals.instances} instances, ${journals.entries} entries as the log anchored them`,
    `definitions    ${definitions} packages as they were pinned`,
    `evidence       ${evidence} of accesses, ${certificates} certificates of deletion`,
    `compared with  ${COMPARED[String(checked.compared)]}`,
    LIMIT,
  ];
}
