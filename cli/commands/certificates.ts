/** `jornada search certificates`, `jornada get certificates KEY`. Exit codes: those of `search` and `get`. */
import type { CertificateRow } from '../../contracts/control.js';
import type { EngineContext } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne, printRows } from '../output.js';
import { type Column, printable, shownInstant, tableLines } from '../table.js';
import { pairs } from './get.js';
import { common, customerOption } from './search.js';

/** Certificates, newest first. */
export async function searchCertificates(context: EngineContext): Promise<ExitCode> {
  const { client } = context;
  const query = common(context, COLUMNS, await customerOption(context));
  await printRows(context, await client.call('searchCertificates', query), COLUMNS);
  return EXIT.done;
}

/** A certificate: what was erased and kept, who answers for it, and whether its signature holds. */
export async function getCertificate(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const answer = await context.client.call('getCertificate', { key });
  const { certificate: row, hash, isSound } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Certificate', `${row.certificateId}, number ${row.number}`],
      ['Customer', row.customerId],
      ['Pseudonym', row.subjectPseudonym],
      ['Request', `${printable(row.requestId)}, ${row.basis}`],
      ['From', `${shownInstant(row.startedAt)} to ${shownInstant(row.endedAt)}`],
      ['Approved by', people(row.approvers)],
      ['Verified by', printable(row.verifier)],
      ['Keys', listed(row.keysDestroyed)],
      ['Backups until', row.backupHorizon],
      ['Hash', hash],
      ['Before it', plain(row.previousHash)],
      ['Signed by', row.signedBy],
      ['Signature', isSound ? 'holds' : 'DOES NOT HOLD'],
    ]),
    '',
    ...tableLines(COUNT_COLUMNS, countsOf(row), context.terminal),
    '',
    ...tableLines(KEPT_COLUMNS, entriesOf(row.exceptions), context.terminal),
  ]);
  return isSound ? EXIT.done : EXIT.failed;
}

type Entry = Readonly<Record<string, unknown>>;

const entriesOf = (value: unknown): readonly Entry[] =>
  Array.isArray(value) ? (value as readonly Entry[]) : [];

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '-' : printable(String(value));

const listed = (value: unknown): string =>
  Array.isArray(value) ? value.map(textOf).join(', ') : '-';

const people = (value: unknown): string =>
  entriesOf(value)
    .map(({ id, role }) => `${textOf(id)} (${textOf(role)})`)
    .join(', ');

interface Count {
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

function countsOf({ countsBefore, countsAfter }: CertificateRow): readonly Count[] {
  const after = Object(countsAfter) as Entry;
  return Object.entries(Object(countsBefore) as Entry).map(([place, before]) => ({
    ...{ place, before, after: after[place] },
  }));
}

const COLUMNS: readonly Column<CertificateRow>[] = [
  {
    title: 'KEY',
    field: 'certificateId',
    text: ({ certificateId }) => certificateId.slice(-8),
  },
  { title: 'NUMBER', field: 'number', text: ({ number }) => String(number) },
  { title: 'CUSTOMER', field: 'customerId', text: ({ customerId }) => customerId.slice(-8) },
  { title: 'BASIS', text: ({ basis }) => basis },
  { title: 'SIGNED', field: 'endedAt', text: ({ endedAt }) => shownInstant(endedAt) },
  { title: 'BACKUPS UNTIL', text: ({ backupHorizon }) => backupHorizon },
];

const COUNT_COLUMNS: readonly Column<Count>[] = [
  { title: 'ERASED', text: ({ place }) => printable(place) },
  { title: 'BEFORE', text: ({ before }) => textOf(before) },
  { title: 'AFTER', text: ({ after }) => textOf(after) },
];

const KEPT_COLUMNS: readonly Column<Entry>[] = [
  { title: 'KEPT', text: (one) => textOf(one.class) },
  { title: 'UNTIL', text: ({ until }) => textOf(until) },
  { title: 'BECAUSE', text: ({ law }) => textOf(law) },
];
