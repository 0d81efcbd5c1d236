/**
 * Messages on their way to subscriptions, by subscription: what an instance gives up is offered again, at a cost that does
 * not grow with the messages that are kept. Class: pure but for the correlator it is given.
 */
import { own } from '../model/index.js';
import type { MessageCorrelator } from './message-types.js';

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
