/**
 * Messages on their way to subscriptions, by subscription: what an instance gives up is offered again, at a cost that does
 * not grow with the messages that are kept. Class: pure but for the correlator it is given.
 */
import { own } from '../model/index.js';
import type { MessageAction, MessageCorrelator, PublishAnswer } from './message-types.js';
import { partsOf, slot } from './subscriptions.js';

/** A message, by its key, goes to a subscription. */
export function hasLeft(state: MessageCorrelator, ref: string, key: string): void {
  state.underWay ??= {};
  state.underWay[ref] = [...(own(state.underWay, ref) ?? []), key];
}

/** Its delivery has an outcome. */
export function hasArrived({ underWay = {} }: MessageCorrelator, ref: string, key: string): void {
  const others = (own(underWay, ref) ?? []).filter((other) => other !== key);
  if (others.length > 0) underWay[ref] = others;
  else delete underWay[ref];
}

/** The instance gave a subscription up: what is on its way there will be offered again. */
export function markGivenUp({ messages, underWay = {} }: MessageCorrelator, ref: string): void {
  for (const key of own(underWay, ref) ?? []) {
    const message = own(messages, key);
    if (!message) continue;
    message.pending = message.pending.map((one) =>
      one.ref === ref ? { ...one, isGivenUp: true } : one,
    );
  }
}

/** What the publisher of a message that is under way is told when it is let go: what is known so far. */
export function letGo({ messages }: MessageCorrelator, messageId: string): PublishAnswer {
  const message = own(messages, slot(messageId));
  if (!message) throw new Error(`nobody waits for an answer to ${messageId}`);
  message.requestId = null;
  const { correlated, started, failed: refusedBy } = message;
  return { outcome: 'underway', correlated, started, refusedBy, bufferedUntil: null };
}

/**
 * What a host that goes on elsewhere does again: every delivery and start whose outcome is not known. They carry the ids
 * of before, so that a receiver that took one already says so and does nothing.
 */
export function handOverAgain({ messages }: MessageCorrelator): readonly MessageAction[] {
  return Object.values(messages).flatMap(({ pending, messageId, variables, publishedAt }) => {
    const message = { messageId, variables, publishedAt };
    return pending.flatMap(({ ref, start }): readonly MessageAction[] => {
      if (ref !== null) return [{ kind: 'deliver', ...partsOf(ref), message }];
      return start ? [{ kind: 'start', ...start, message }] : [];
    });
  });
}
