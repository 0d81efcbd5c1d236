/** Effects against the tables: what is open by the effects is what the state still wants. */

import type { InstanceEvent, InstanceState, StepResult } from '../../engine/model/index.js';
import { hasEnded } from '../../engine/step/index.js';
import { expect } from './core-expect.js';

const TABLES = {
  job: 'jobs',
  timer: 'timers',
  subscription: 'subscriptions',
  child: 'calls',
} as const;
type Table = keyof typeof TABLES;

const STARTS: Readonly<Record<string, Table>> = {
  startJob: 'job',
  startTimer: 'timer',
  openSubscription: 'subscription',
  startChild: 'child',
};

const ENDS: Readonly<Record<string, Table>> = {
  cancelJob: 'job',
  cancelTimer: 'timer',
  closeSubscription: 'subscription',
};

/** What is open by the effects, and every id that was ever given. */
export interface OpenEffects {
  readonly open: Record<Table, Set<string>>;
  readonly given: Set<string>;
  /** Subscriptions whose place others took: they may be closed with those, in case the host never opened them. */
  readonly replaced: Set<string>;
  /** Called instances that have asked: one that is kept is answered later. */
  readonly asked: Set<string>;
  isSuspended: boolean;
  hasEnded: boolean;
}

/** Nothing is open. */
export const createOpenEffects = (): OpenEffects => ({
  open: { job: new Set(), timer: new Set(), subscription: new Set(), child: new Set() },
  given: new Set(),
  replaced: new Set(),
  asked: new Set(),
  isSuspended: false,
  hasEnded: false,
});

/** What an event itself ends: the host knows, so no effect says it. */
const endedBy = (event: InstanceEvent): readonly string[] => {
  switch (event.kind) {
    case 'jobCompleted':
    case 'jobFailed':
    case 'jobThrew':
      return [event.jobId];
    case 'timerFired':
      return [event.timerId];
    case 'messageReceived':
      return [event.subscriptionId];
    case 'childEnded':
    case 'childNotStarted':
      return [event.childId];
    case 'effectFailed':
      return [event.effectId];
    default:
      return [];
  }
};

/** Checks ids, order and completeness of the effects of one step, and notes them. */
export function checkEffects(
  state: InstanceState,
  event: InstanceEvent,
  { effects }: StepResult,
  known: OpenEffects,
): void {
  const { open, given, replaced, asked } = known;
  if (event.kind === 'childThrew') asked.add(event.childId);
  // What does not interrupt stays open, and may be closed by what follows from it.
  const closed = effects.flatMap((effect) =>
    ENDS[effect.kind] && 'id' in effect ? effect.id : [],
  );
  for (const id of endedBy(event)) if (!closed.includes(id)) forgetUnlessKept(state, id, known);
  for (const effect of effects) {
    expect(known.hasEnded, `nothing follows the end, but ${effect.kind} does`).toBe(false);
    const started = STARTS[effect.kind];
    const ended = ENDS[effect.kind];
    const id = 'id' in effect ? effect.id : '';
    if (effect.kind === 'openSubscription' && effect.replaces !== undefined) {
      expect(open.subscription.delete(effect.replaces), 'only what is open is replaced').toBe(true);
      replaced.add(effect.replaces);
    }
    if (started !== undefined) {
      expect(open[started].has(id), `${effect.kind} ${id} is not open yet`).toBe(false);
      if (started !== 'timer') expect(given.has(id), `${id} is new`).toBe(false);
      given.add(id);
      open[started].add(id);
    } else if (ended !== undefined && replaced.delete(id)) {
    } else if (ended !== undefined) {
      expect(open[ended].has(id), `${effect.kind} ${id} follows its start`).toBe(true);
      open[ended].delete(id);
    } else if (effect.kind === 'answerChild') {
      expect(asked.has(id) || given.has(id), `${id} is a called instance`).toBe(true);
    } else if (effect.kind === 'cancelChild') {
      expect(given.has(id), `${effect.kind} ${id} follows its start`).toBe(true);
      // Work that is taken as done is waited for no more.
      if (event.kind === 'resolveIncident') open.child.delete(id);
    } else if (effect.kind === 'endInstance') {
      known.hasEnded = true;
    } else {
      expect(given.has(id), `${effect.kind} ${id} is new`).toBe(false);
      given.add(id);
    }
  }
  const isOwnSignal = effects.some(({ kind }) => kind === 'broadcastSignal');
  const isResumed = known.isSuspended && state.suspendedAt === null;
  if (event.kind === 'signalReceived' || isOwnSignal || isResumed) settle(state, known);
  known.isSuspended = state.suspendedAt !== null;
  for (const [name, table] of Object.entries(TABLES)) {
    const wanted = Object.keys(state[table]).sort();
    expect([...open[name as Table]].sort(), `open ${table} by effects and by state`).toEqual(
      wanted,
    );
  }
  const isOver = hasEnded(state);
  expect(known.hasEnded, 'an end is told, and only an end').toBe(
    isOver && state.status !== 'created',
  );
}

const forgetUnlessKept = (state: InstanceState, id: string, { open }: OpenEffects): void => {
  for (const [name, table] of Object.entries(TABLES)) {
    if (state[table][id] === undefined) open[name as Table].delete(id);
  }
};

/** A signal, also one of its own, ends what it triggers; what was kept while suspended is taken by the step that ends that. */
const settle = (state: InstanceState, { open }: OpenEffects): void => {
  for (const [name, table] of Object.entries(TABLES)) {
    for (const id of open[name as Table]) {
      if (state[table][id] === undefined) open[name as Table].delete(id);
    }
  }
};
