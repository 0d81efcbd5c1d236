/**
 * The local activity `decide`: loads the process, runs the core over the events at hand until the instance is at rest
 * or the decision is large enough, runs local jobs inside, offers the journal to the store, and answers what changed.
 * All or nothing: a bug throws, and the same events are decided again. Source: docs/design.md D4, D6.
 */
import type { DecideInput, DecideResult, StateSource } from '../contracts/decision.js';
import type { InstanceState } from '../engine/model/index.js';
import { createInstance } from '../engine/step/index.js';
import { type ConcludeDeps, conclude } from './decision/conclude.js';
import { applyEvents, type EventDeps } from './decision/events.js';
import { fenceOf } from './decision/fence.js';
import type { KeptStates } from './decision/kept-states.js';
import { Work } from './decision/work.js';

/** What every decision leans on. */
export interface DecisionDeps extends EventDeps, ConcludeDeps {}

/** What the local activity leans on. */
export interface DecideDeps extends DecisionDeps {
  /** Which attempt at the same decision this is, from 1. */
  readonly attempt: () => number;
}

/** Makes the local activity. Errors: `DECISION_TOO_LARGE`; an `InvariantError` is a bug. Class: side effect. */
export function createDecide(deps: DecideDeps): (input: DecideInput) => Promise<DecideResult> {
  return async (input) => {
    deps.clock.hear(input.taskStartedAt);
    const state = stateFrom(input.source, deps.kept);
    if (state === null) return { kind: 'stateMissing' };
    const { instanceId, definition, identity, unacknowledged } = input;
    const initial = input.source.kind === 'seed' ? structuredClone(state) : null;
    const basis = { after: state.sequence, fence: fenceOf(input.taskStartedAt, deps.attempt()) };
    const work = new Work(await deps.process(definition), state, input);
    const owner = { instanceId, definition, ...identity };
    const answers = await applyEvents(deps, owner, work, input.events);
    return conclude(deps, work, { owner, basis, initial, answers, unacknowledged });
  };
}

function stateFrom(source: StateSource, kept: KeptStates): InstanceState | null {
  if (source.kind === 'seed') return createInstance(source.seed);
  return source.kind === 'whole' ? source.state : (kept.take(source.key)?.state ?? null);
}
