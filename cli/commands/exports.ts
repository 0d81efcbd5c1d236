/** `jornada search exports`, `jornada get exports KEY`. Exit codes: those of `search` and `get`. */
import type { ExportRow } from '../../contracts/control.js';
import { ERASED } from '../../history/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne, printRows } from '../output.js';
import { type Column, printable, shownInstant, tableLines } from '../table.js';
import { pairs } from './get.js';
import { common, customerOption, given } from './search.js';

const STATES = [
  ...['pending', 'approved', 'denied', 'duplicate', 'in-progress', 'needs-a-person'],
  ...['delivered', 'confirmed', 'expired'],
];

/** Exports, newest first. */
export async function searchExports(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const state = textOption(options, 'state');
  if (state !== null && !STATES.includes(state)) {
    throw misuse(`--state to be of ${STATES.join(', ')}`, `it is '${state}'`);
  }
  const query = common(context, COLUMNS, {
    ...given(options.state, 'state'),
    ...(await customerOption(context)),
  });
  await printRows(context, await client.call('searchExports', query), COLUMNS);
  return EXIT.done;
}

/** An export, what it holds of each system, and who fetched it. */
export async function getExport(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const answer = await context.client.call('getExport', { key });
  const { downloads, ...row } = answer.export;
  await printOne(context, answer, () => [
    ...pairs([
      ['Export', row.exportId],
      ['Customer', row.customerId],
      ['Request', printable(row.requestId)],
      ['Instance', plain(row.instanceId)],
      ['State', row.state],
      ['Cut-off', shownInstant(row.cutOff)],
      ['Rows', plain(row.rows)],
      ['Bytes', plain(row.bytes)],
      ['Manifest', plain(row.manifestSha256)],
      ['Package', plain(row.packageFile)],
      ['Link until', shownInstant(row.linkExpiresAt)],
    ]),
    '',
    ...tableLines(SYSTEM_COLUMNS, systemsOf(row), context.terminal),
    '',
    ...(downloads === null ? [ERASED] : tableLines(DOWNLOAD_COLUMNS, downloads, context.terminal)),
  ]);
  return EXIT.done;
}

interface System {
  readonly id: string;
  readonly status: string;
  readonly rows?: number;
  readonly reason?: string | null;
}

function systemsOf({ systems }: ExportRow): readonly System[] {
  return Array.isArray(systems) ? (systems as unknown as readonly System[]) : [];
}

const COLUMNS: readonly Column<ExportRow>[] = [
  { title: 'KEY', field: 'exportId', text: ({ exportId }) => exportId.slice(-8) },
  { title: 'CUSTOMER', field: 'customerId', text: ({ customerId }) => customerId.slice(-8) },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'CUT-OFF', field: 'cutOff', text: ({ cutOff }) => shownInstant(cutOff) },
  { title: 'ROWS', text: ({ rows }) => plain(rows) },
  { title: 'BYTES', text: ({ bytes }) => plain(bytes) },
  {
    title: 'LINK UNTIL',
    field: 'linkExpiresAt',
    text: ({ linkExpiresAt }) => shownInstant(linkExpiresAt),
  },
];

const SYSTEM_COLUMNS: readonly Column<System>[] = [
  { title: 'SYSTEM', text: ({ id }) => id },
  { title: 'STATUS', text: ({ status }) => status },
  { title: 'ROWS', text: ({ rows }) => plain(rows ?? null) },
  { title: 'REASON', text: ({ reason }) => printable(plain(reason ?? null)) },
];

const DOWNLOAD_COLUMNS: readonly Column<{ readonly at: string; readonly address: string }>[] = [
  { title: 'FETCHED', text: ({ at }) => shownInstant(at) },
  { title: 'FROM', text: ({ address }) => address },
];
