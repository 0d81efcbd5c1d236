/** A verdict about a range of the log in words. Class: pure. */
import { tamperedLines } from '../tampered.js';
import { isUnfiltered, type RangeFilter } from './format.js';
import type { RangeVerdict } from './verify.js';

/** What the check cannot see. */
const LIMIT =
  'Limit: whoever holds the signing key of the log could have made another one; compare its checkpoints with those that were kept elsewhere.';

const COMPARED: Readonly<Record<string, string>> = {
  null: 'nothing that was kept elsewhere: --checkpoint FILE names it',
  true: 'checkpoints that were kept elsewhere: they are the same',
  false: 'checkpoints that were kept elsewhere: none of the same size is the same',
};

/** All lines, the first of which says whether it is sound. */
export function rangeVerdictLines(verdict: RangeVerdict): readonly string[] {
  const { isSound, findings, checked, from, to, since, until, filter, madeAt, origin } = verdict;
  const { files, checkpoints, keys, entries, leftOut, personal, erased } = checked;
  return [
    ...(isSound ? ['SOUND'] : tamperedLines(findings)),
    `log            ${origin ?? '-'}`,
    `asked for      since ${since ?? 'its beginning'}, until ${until ?? 'its end'}${filterWords(filter)}`,
    `made           ${madeAt ?? '-'}`,
    `range          entries ${(from?.size ?? 0) + 1} to ${to?.size ?? '-'}: from ${
      from ? `the checkpoint of ${from.at}` : 'the beginning of the log'
    } to the checkpoint of ${to?.at ?? '-'}`,
    ...wholeLines(verdict),
    `files          ${files} as they were signed`,
    `entries        ${entries} here, ${leftOut} by their hashes alone; ${personal} personal parts whole, ${erased} erased`,
    `checkpoints    ${checkpoints}, signed by ${keys} ${keys === 1 ? 'key' : 'keys'}, each after the one before`,
    `compared with  ${COMPARED[String(checked.compared)]}`,
    LIMIT,
  ];
}

/** What is claimed of it, and what is not. */
function wholeLines({ isSound, isWhole, until, to, checked }: RangeVerdict): readonly string[] {
  if (!isSound) return ['whole          nothing is said of it: it is not sound'];
  const end =
    until !== null && to !== null && to.at < until
      ? [`               nothing is said of what came after ${to.at}`]
      : [];
  if (isWhole) return ['whole          yes: no entry between the two is missing', ...end];
  return [
    `whole          NO: a filter left out ${checked.leftOut}. That they stand there is proven, what they say is not here;`,
    '               that none of them fits the filter is the word of who signed',
    ...end,
  ];
}

function filterWords(filter: RangeFilter | null): string {
  if (!filter || isUnfiltered(filter)) return '';
  const { actors, customerId, processId } = filter;
  const words = [
    ...(actors === null ? [] : [`by ${actors.join(' or ')}`]),
    ...(customerId === null ? [] : [`of customer ${customerId}`]),
    ...(processId === null ? [] : [`of process ${processId}`]),
  ];
  return `, only ${words.join(', ')}`;
}
