/** `jornada modify pi KEY`: cancels, activates and moves tokens, after saying what that does and asking. */
import type { OperationInput } from '../../contracts/control.js';
import type { Variables } from '../../engine/model/index.js';
import { confirm, type EngineContext, misuse, textOption, textOptions } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { previewLines } from '../preview.js';
import { outcome, shownReply } from '../replies.js';
import { readVariables } from '../values.js';

type Input = OperationInput<'modifyInstance'>;
type Target = NonNullable<Input['activations']>[number];
type Source = NonNullable<Input['cancellations']>[number];

/** Modifies an instance; with `--dry-run` it only says what would happen. */
export async function modify(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { client, terminal, options } = context;
  const given = await readModification(context);
  const { instance, outline } = await client.call('getInstance', { key });
  const { instanceId, processId } = instance;
  const input = { key: instanceId, ...given };
  const isDryRun = options.dryRun === true;
  if (isDryRun || !terminal.isJson) {
    const { preview } = await client.call('modifyInstance', { ...input, isDryRun: true });
    if (preview === null) throw new Error('the engine answered a dry run without a preview');
    if (terminal.isJson) await terminal.data(JSON.stringify(preview));
    else for (const line of previewLines(preview, outline)) await terminal.data(line);
  }
  if (isDryRun) return EXIT.done;
  if (!(await confirm(context, `modify ${processId} ${instanceId} so`))) return EXIT.failed;
  const reply = await client.call('modifyInstance', { ...input, isDryRun: false });
  await shownReply(context, reply, outcome('modified', reply));
  return EXIT.done;
}

/** What the flags say. Variables are of the process: they are set with the first token that is put somewhere. */
async function readModification({
  options,
}: EngineContext): Promise<Omit<Input, 'key' | 'isDryRun'>> {
  const cancellations = textOptions(options, 'cancel').map(parseSource);
  const activations = textOptions(options, 'activate').map(parseTarget);
  const moves = textOptions(options, 'move').map(parseMove);
  if (cancellations.length + activations.length + moves.length === 0) {
    throw misuse('--cancel, --activate or --move', 'there is none of them');
  }
  const text = textOption(options, 'variables');
  if (text === null) return { cancellations, activations, moves };
  const variables = await readVariables(text);
  const [first, ...others] = activations;
  if (first) {
    return { cancellations, activations: [withVariables(first, variables), ...others], moves };
  }
  const [move, ...rest] = moves;
  if (!move) throw misuse('--activate or --move with --variables', 'see npx jornada set var');
  const to = withVariables(move.to, variables);
  return { cancellations, activations, moves: [{ ...move, to }, ...rest] };
}

const withVariables = (target: Target, variables: Variables): Target => ({
  ...target,
  variables: [{ scopeId: null, variables }],
});

/** `element`, or `element:7` for one instance of it: ids of elements have no colon. Class: pure. */
function parseSource(text: string): Source {
  return text.includes(':') ? { elementInstanceId: text } : { elementId: text };
}

/** `element`, or `element@scope:7`. Class: pure. */
function parseTarget(text: string): Target {
  const [elementId = '', ancestorId = null, ...more] = text.split('@');
  if (elementId !== '' && ancestorId !== '' && more.length === 0) return { elementId, ancestorId };
  throw misuse('element or element@scope:number', `it is '${text}'`);
}

/** `from:to`, where `from` may be one instance: `element:7:to`, `element:7:to@scope:3`. Class: pure. */
function parseMove(text: string): { readonly from: Source; readonly to: Target } {
  const at = text.includes('@') ? text.indexOf('@') : text.length;
  const colon = text.lastIndexOf(':', at - 1);
  const from = text.slice(0, Math.max(colon, 0));
  if (from === '') throw misuse('from:to, such as check:ship or check:7:ship', `it is '${text}'`);
  return { from: parseSource(from), to: parseTarget(text.slice(colon + 1)) };
}
