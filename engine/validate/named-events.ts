import { own, type ParsedDefinitions, type ParsedNode } from '../model/index.js';

/** A message or signal of the file. */
export interface NamedEvent {
  readonly type: 'message' | 'signal';
  readonly id: string;
  readonly name: string | null;
  /** Messages: the key of all that wait for it. */
  readonly correlationKey: string | null;
}

/** The messages and signals that a node refers to. Class: pure. */
export function namedEvents(
  node: ParsedNode,
  { messages, signals }: ParsedDefinitions,
): readonly NamedEvent[] {
  const refs = node.triggers.flatMap((trigger) =>
    trigger.kind === 'message' || trigger.kind === 'signal'
      ? [{ type: trigger.kind, ref: trigger.ref ?? '' }]
      : [],
  );
  const all = [{ type: 'message' as const, ref: node.messageRef ?? '' }, ...refs];
  return all.flatMap(({ type, ref }): readonly NamedEvent[] => {
    if (type === 'signal') {
      const found = own(signals, ref);
      return found ? [{ type, id: found.id, name: found.name, correlationKey: null }] : [];
    }
    const found = own(messages, ref);
    return found ? [{ type, ...found }] : [];
  });
}
