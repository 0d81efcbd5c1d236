/** How effects that take a slot of the window are carried out, by kind. Class: workflow. */
import type { HostEffect } from '../../contracts/decision.js';
import type { Host } from '../instance/host.js';
import type { Outcome } from '../instance/window.js';
import { broadcast, closeSubscription, openSubscription, publish } from './correlation.js';
import { runJob } from './job.js';
import { startChildInstance } from './start-child.js';

type Windowed = Extract<
  HostEffect,
  {
    readonly kind:
      | 'startJob'
      | 'startChild'
      | 'openSubscription'
      | 'closeSubscription'
      | 'publishMessage'
      | 'broadcastSignal';
  }
>;
type CarrierOf<K extends Windowed['kind']> = (
  host: Host,
  effect: Extract<Windowed, { readonly kind: K }>,
) => Promise<Outcome>;

const CARRIERS: { readonly [K in Windowed['kind']]: CarrierOf<K> } = {
  startJob: runJob,
  startChild: startChildInstance,
  openSubscription,
  closeSubscription,
  publishMessage: publish,
  broadcastSignal: broadcast,
};

/** Carries one effect out. Rejects by cancellation alone. */
export function carryOut(host: Host, effect: HostEffect): Promise<Outcome> {
  const carrier = CARRIERS[effect.kind as Windowed['kind']] as (
    host: Host,
    effect: HostEffect,
  ) => Promise<Outcome>;
  return carrier(host, effect);
}
