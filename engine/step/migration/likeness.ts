/**
 * What an element is to a token that waits at it. A token moves only to what is the same, for what it waits for would be
 * nothing to any other. Class: pure.
 */
import {
  type EventNode,
  type FlowNodeBase,
  type MultiInstance,
  wordsOf,
} from '../../model/index.js';

/** In words, so that two that differ can be told of: `sequential multi-instance user task`. */
export function likenessOf(node: FlowNodeBase): string {
  const trigger = 'trigger' in node ? (node as EventNode).trigger.kind : null;
  const words = [loopOf(node.multiInstance), wordsOf(node.kind), trigger && `(${trigger})`];
  return words.filter((word) => word).join(' ');
}

const loopOf = (loop: MultiInstance | null): string | null =>
  loop === null ? null : `${loop.isSequential ? 'sequential' : 'parallel'} multi-instance`;
