/** One executor a kind of effect. Each begins its effect at once and waits for nothing. Class: workflow. */
import type { HostEffect } from '../../contracts/decision.js';
import type { Host } from '../instance/host.js';
import { answerChild, askCaller, cancelChild, endInstance } from './call.js';
import { armTimer, cancelTimer } from './timer.js';

type EffectOf<K extends HostEffect['kind']> = Extract<HostEffect, { readonly kind: K }>;
type Executor<K extends HostEffect['kind']> = (host: Host, effect: EffectOf<K>) => void;

const submit = (host: Host, effect: HostEffect): void => host.window.submit(effect);

const EXECUTORS: { readonly [K in HostEffect['kind']]: Executor<K> } = {
  startJob: submit,
  cancelJob: (host, { id }) => {
    host.window.cancel('startJob', id);
  },
  startTimer: (host, { id, dueAt }) => armTimer(host, id, dueAt),
  cancelTimer: (host, { id }) => cancelTimer(host, id),
  openSubscription: submit,
  closeSubscription: (host, effect) => {
    // What was not opened yet need not be closed.
    if (!host.window.cancel('openSubscription', effect.id)) submit(host, effect);
  },
  publishMessage: submit,
  broadcastSignal: submit,
  startChild: submit,
  cancelChild,
  answerChild,
  askCaller,
  endInstance,
};

/** Begins to carry one effect out. */
export function executeEffect(host: Host, effect: HostEffect): void {
  (EXECUTORS[effect.kind] as (host: Host, effect: HostEffect) => void)(host, effect);
}
