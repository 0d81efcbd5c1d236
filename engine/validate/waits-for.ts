/** What an event waits for, so that two that wait for the same can be told. Class: pure. */
import type { ParsedDefinitions, ParsedNode, ParsedTrigger } from '../model/index.js';
import { own } from '../model/index.js';

/** Equal keys wait for the same occurrence; `words` name it in a message. */
export interface Wait {
  readonly kind: 'message' | 'signal' | 'error' | 'escalation';
  readonly key: string;
  readonly words: string;
}

/** What a catching event or a receive task waits for; null where that cannot be compared, as with timers. */
export function waitsFor(node: ParsedNode, definitions: ParsedDefinitions): Wait | null {
  if (node.tag === 'receiveTask') return messageWait(node.messageRef, node, definitions);
  const [trigger, more] = node.triggers;
  if (trigger === undefined || more !== undefined) return null;
  return waitOf(trigger, node, definitions);
}

function waitOf(
  trigger: ParsedTrigger,
  node: ParsedNode,
  definitions: ParsedDefinitions,
): Wait | null {
  switch (trigger.kind) {
    case 'message':
      return messageWait(trigger.ref, node, definitions);
    case 'signal': {
      if (trigger.ref === null) return null;
      const name = own(definitions.signals, trigger.ref)?.name ?? trigger.ref;
      return waitFor('signal', [name], `signal '${name}'`);
    }
    case 'error':
      return codeWait('error', trigger.ref, definitions.errors);
    case 'escalation':
      return codeWait('escalation', trigger.ref, definitions.escalations);
    default:
      return null;
  }
}

function codeWait(
  kind: 'error' | 'escalation',
  ref: string | null,
  roots: ParsedDefinitions['errors'],
): Wait | null {
  const root = own(roots, ref ?? '');
  if (ref !== null && root === undefined) return null; // what it names does not exist
  const code = root?.code ?? null;
  return waitFor(kind, [code], code === null ? `${kind} of any code` : `${kind} '${code}'`);
}

/** Messages are told apart by their keys too. */
function messageWait(
  ref: string | null,
  { extensions }: ParsedNode,
  definitions: ParsedDefinitions,
): Wait | null {
  if (ref === null) return null;
  const message = own(definitions.messages, ref);
  const name = message?.name ?? ref;
  const key = extensions.correlationKey ?? message?.correlationKey ?? null;
  return waitFor('message', [name, key?.trim() ?? null], `message '${name}'`);
}

function waitFor(kind: Wait['kind'], parts: readonly (string | null)[], words: string): Wait {
  return { kind, key: JSON.stringify([kind, ...parts]), words };
}

/** Pairs each event with the first one before it that waits for the same. */
export function repeated(
  all: readonly { readonly event: ParsedNode; readonly wait: Wait | null }[],
): readonly { readonly first: ParsedNode; readonly other: ParsedNode; readonly wait: Wait }[] {
  const known = new Map<string, ParsedNode>();
  return all.flatMap(({ event: other, wait }) => {
    if (wait === null) return [];
    const first = known.get(wait.key);
    if (first !== undefined) return [{ first, other, wait }];
    known.set(wait.key, other);
    return [];
  });
}
