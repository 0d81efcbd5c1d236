/** `jornada publish|correlate msg NAME` and `jornada broadcast signal NAME`. */
import type { OperationOutput } from '../../contracts/control.js';
import { fixedDurationMs } from '../../engine/triggers/timer/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { printable, shownInstant } from '../table.js';
import { readVariables } from '../values.js';

/** Publishes a message, which is kept until somebody takes it or its time to live ends. */
export async function publish(
  context: EngineContext,
  [name = '']: readonly string[],
): Promise<ExitCode> {
  const { terminal, client, options } = context;
  const reply = await client.call('publish', {
    ...(await messageOf(context, name)),
    timeToLive: timeToLiveOf(textOption(options, 'ttl') ?? 'PT1H'),
    messageId: textOption(options, 'id'),
  });
  if (terminal.isJson) await terminal.data(JSON.stringify(reply));
  else {
    for (const line of publishLines(reply)) await terminal.data(line);
    if (reply.note !== null) terminal.complain(`note: ${printable(reply.note)}`);
  }
  return EXIT.done;
}

/** Hands a message to who waits now; exits 1 when nobody does. */
export async function correlate(
  context: EngineContext,
  [name = '']: readonly string[],
): Promise<ExitCode> {
  const { terminal, client } = context;
  const reply = await client.call('correlate', await messageOf(context, name));
  if (terminal.isJson) await terminal.data(JSON.stringify(reply));
  else for (const line of takerLines(reply)) await terminal.data(line);
  return EXIT.done;
}

/** Broadcasts a signal to all who wait. */
export async function broadcast(
  { terminal, client, options }: EngineContext,
  [name = '']: readonly string[],
): Promise<ExitCode> {
  const variables = await readVariables(textOption(options, 'variables'));
  const reply = await client.call('broadcast', { name, variables });
  const { delivered, started } = reply;
  await terminal.data(
    terminal.isJson
      ? JSON.stringify(reply)
      : `taken by ${delivered} waiting, started ${started} ${started === 1 ? 'instance' : 'instances'}`,
  );
  return EXIT.done;
}

async function messageOf({ options }: EngineContext, name: string) {
  const variables = await readVariables(textOption(options, 'variables'));
  return { name, key: textOption(options, 'key') ?? '', variables };
}

/** ISO 8601, or `90s`, `10m`, `2h`, `3d`, or `0`. */
function timeToLiveOf(text: string): string {
  if (text === '0') return 'PT0S';
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (count && unit) return unit === 'd' ? `P${count}D` : `PT${count}${unit.toUpperCase()}`;
  if (fixedDurationMs(text) !== null) return text;
  throw misuse('a duration for --ttl, such as PT1H, 1h or 7d', `it is '${text}'`);
}

function publishLines(reply: OperationOutput<'publish'>): readonly string[] {
  const { outcome, bufferedUntil } = reply;
  const lines = takerLines(reply);
  const nobody = lines.length > 0 ? 'others may wait' : 'nobody waits';
  const until = shownInstant(bufferedUntil);
  if (outcome === 'buffered') return [...lines, `${nobody}; kept until ${until}`];
  if (outcome === 'expired') return [...lines, 'nobody waits, and it was to be kept for no time'];
  if (outcome === 'underway')
    return [
      ...lines,
      'it was handed over, and not everybody has answered yet; it is tried until they do',
    ];
  if (outcome === 'duplicate')
    return ['a message of this id was published before; nothing was done'];
  return lines;
}

function takerLines({
  correlated,
  started,
  refusedBy,
}: Pick<OperationOutput<'correlate'>, 'correlated' | 'started' | 'refusedBy'>): readonly string[] {
  return [
    ...correlated.map(({ instanceId, processId }) => `taken by ${instanceId}  ${processId}`),
    ...started.map(({ instanceId, processId }) => `started ${instanceId}  ${processId}`),
    ...refusedBy.map((processId) => `${processId} refused to start by it`),
  ];
}
