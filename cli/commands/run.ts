/** `jornada run PROCESS`: starts an instance. With `--await` it exits 1 when the instance fails or is stopped. */
import { setTimeout } from 'node:timers/promises';
import type { EngineReply, InstanceRow } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import { type EngineContext, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { outcome, shownReply } from '../replies.js';
import { parseCount, readVariables } from '../values.js';

/** Starts `process` or `process:version`. */
export async function run(
  context: EngineContext,
  [process = '']: readonly string[],
): Promise<ExitCode> {
  const { terminal, client, options } = context;
  const [, processId = process, version] = /^(.+):(\d+)$/.exec(process) ?? [];
  const reply = await client.call('run', {
    processId,
    version: version ? parseCount(version, 'the version', 1_000_000) : null,
    elementId: textOption(options, 'startEvent'),
    businessKey: textOption(options, 'businessKey'),
    variables: await variablesOf(context),
  });
  const said = outcome('started', reply);
  if (options.await !== true) {
    await shownReply(context, reply, said);
    return EXIT.done;
  }
  if (!terminal.isJson) await shownReply(context, reply, said);
  return untilEnded(context, reply);
}

/** What is given, with the id of the customer that `--customer` names. */
async function variablesOf({ client, options }: EngineContext): Promise<Variables> {
  const given = await readVariables(textOption(options, 'variables'));
  const key = textOption(options, 'customer');
  if (key === null) return given;
  const { customer } = await client.call('getCustomer', { key });
  return { ...given, customerId: customer.customerId };
}

const SLOWEST_MS = 2000;

async function untilEnded(context: EngineContext, reply: EngineReply): Promise<ExitCode> {
  const { terminal, client } = context;
  const { instanceId } = reply;
  let row: InstanceRow | undefined;
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 1.5, SLOWEST_MS)) {
    const { items } = await client.call('searchInstances', { filter: { instanceId }, limit: 1 });
    row = items[0];
    if (row && (row.endedAt !== null || row.hasIncident)) break;
    terminal.progress(`waiting for ${instanceId} …`);
    await setTimeout(waitMs);
  }
  if (terminal.isJson) await terminal.data(JSON.stringify(row));
  else if (row.endedAt !== null) await terminal.data(`${row.state} at ${row.endedAt}`);
  else {
    terminal.complain(`It stopped at an incident: npx jornada search inc --instance ${instanceId}`);
  }
  return row.state === 'COMPLETED' ? EXIT.done : EXIT.failed;
}
