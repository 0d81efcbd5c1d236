/** What is left of the story, as lines for people. Class: pure, but for `auditLines`, which asks the engine. */

import type { ControlClient } from '../../worker/control/client.js';
import { pairs } from '../commands/get.js';
import { historyLines } from '../history.js';
import { type Column, several, tableLines } from '../table.js';
import type { Terminal } from '../terminal.js';
import type { Played } from './play.js';
import type { Proof } from './proof.js';
import type { ClosedAccess } from './witness.js';

/** A chapter that was played. */
export interface Told {
  readonly title: string;
  readonly outcome: string;
  readonly ms: number;
  readonly isAsTold: boolean;
  readonly played: Played;
}

type Pen = Pick<Terminal, 'paint' | 'width'>;

/** All of it. @param at - what commands need to find the engine */
export function summaryLines(
  told: readonly Told[],
  proof: Proof,
  at: string,
  pen: Pen,
): readonly string[] {
  const head = (text: string): readonly string[] => ['', pen.paint('bold', text)];
  const { accesses, export: data, certificate } = proof;
  return [
    ...head('Chapters'),
    ...tableLines(CHAPTERS, told, pen),
    ...head(`Tasks (${proof.tasks.length}), and who did them`),
    ...tableLines(TASKS, proof.tasks, pen),
    ...head(`Mails (${proof.mails.length})`),
    ...tableLines(MAILS, counted(proof.mails), pen),
    ...head('The promise that was missed'),
    ...(proof.missed.length === 0
      ? ['None was missed.']
      : proof.missed.flatMap((one) => missedLines(one, at))),
    ...head(`Accesses that were closed (${accesses.length})`),
    ...(accesses.length === 0 ? ['None was there.'] : tableLines(ACCESSES, accesses, pen)),
    ...head('Export'),
    ...(data === null
      ? ['None was made.']
      : pairs([
          ['Export', data.exportId],
          ['The copy of the customer', data.file],
          ['SHA-256 of its manifest', data.manifestSha256 ?? '-'],
          [
            'Checked',
            data.isWhole
              ? `whole: ${several(data.rows, 'row')} in ${several(data.files, 'file')}`
              : 'NOT WHOLE',
          ],
          ['Check it yourself', `npx jornada verify exports ${data.file}`],
        ])),
    ...head('Certificate of deletion'),
    ...(certificate === null
      ? ['None was signed.']
      : pairs([
          ['Certificate', `${certificate.certificateId}, number ${certificate.number}`],
          ['SHA-256', certificate.hash],
          ['Signature', certificate.isSound ? 'holds' : 'DOES NOT HOLD'],
          ['See it', `npx jornada get certificate ${certificate.certificateId}${at}`],
        ])),
  ];
}

const CHAPTERS: readonly Column<Told>[] = [
  { title: 'CHAPTER', text: ({ title }) => title },
  { title: 'PROCESS', text: ({ played }) => played.instance.processId },
  {
    title: 'OUTCOME',
    text: ({ outcome }) => outcome,
    color: ({ isAsTold }) => (isAsTold ? 'green' : 'red'),
  },
  { title: 'TOOK', text: ({ ms }) => `${Math.round(ms / 1000)} s` },
  { title: 'INSTANCES', text: ({ played }) => String(played.tree.length) },
];

const TASKS: readonly Column<Proof['tasks'][number]>[] = [
  { title: 'TASK', text: ({ name }) => name },
  { title: 'BY', text: ({ by }) => by },
  { title: 'OF', text: ({ groups }) => groups.join(', ') || '-' },
  { title: 'PROCESS', text: ({ processId }) => processId },
];

interface Counted {
  readonly to: string;
  readonly subject: string;
  readonly count: number;
}

/** The same subject to the same address once, in the order of the first. */
function counted(mails: Proof['mails']): readonly Counted[] {
  const counts = new Map<string, Counted>();
  for (const { to, subject } of mails) {
    const key = `${to}\n${subject}`;
    counts.set(key, { to, subject, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

const MAILS: readonly Column<Counted>[] = [
  { title: 'TO', text: ({ to }) => to },
  {
    title: 'SUBJECT',
    text: ({ subject, count }) => (count === 1 ? subject : `${subject} (${count} times)`),
  },
];

const ACCESSES: readonly Column<ClosedAccess>[] = [
  { title: 'SYSTEM', text: ({ system }) => system },
  { title: 'METHOD', text: ({ method }) => method },
  { title: 'RESULT', text: ({ result }) => result },
  { title: 'EVIDENCE', text: ({ evidenceId }) => evidenceId },
  { title: 'SHA-256', text: ({ hash }) => hash, longest: 64 },
];

/** Clocks by their metric, as people call them. */
const PROMISES: Readonly<Record<string, string>> = {
  first_reply: 'First reply',
  pausable_update: 'Update',
  requester_wait: 'Solution',
};

const missedLines = (one: Proof['missed'][number], at: string): readonly string[] =>
  pairs([
    [
      'Promise',
      `${PROMISES[one.metric] ?? one.metric} in ${inSeconds(one.targetMs)} (${one.policy})`,
    ],
    ['Took', inSeconds(one.elapsedMs)],
    ...one.told.map((text): readonly [string, string] => ['Told', text]),
    ['See it', `npx jornada get ticket ${one.ticketId}${at}`],
  ]);

const inSeconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;

/** Lines of an audit that are shown; the command for all of them stands below. */
const MOST_LINES = 12;

/** The end of the audit of the last chapter, and how to see all of each. */
export async function auditLines(
  engine: ControlClient,
  told: readonly Told[],
  at: string,
  pen: Pen,
): Promise<readonly string[]> {
  const last = told.at(-1);
  if (!last) return [];
  const { instanceId, processId } = last.played.instance;
  const lines = historyLines(await engine.call('history', { key: instanceId }), false, pen.paint);
  const shown = lines.slice(-MOST_LINES);
  return [
    '',
    pen.paint('bold', `Audit: the last ${shown.length} of ${lines.length} lines of ${processId}`),
    ...shown,
    '',
    ...pairs([
      ...told.map(({ played: { instance } }): readonly [string, string] => [
        `All of ${instance.processId}`,
        `npx jornada audit ${instance.instanceId}${at}`,
      ]),
      ['Who did what', `npx jornada audit --since 5m${at}`],
      ['Nobody changed it', `npx jornada audit verify${at}`],
    ]),
  ];
}
