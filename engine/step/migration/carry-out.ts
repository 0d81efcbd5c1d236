/**
 * Carries a migration out: what is waited for no more is closed while the instance still runs the version before; then it
 * goes on with the other, by whose ids all of it is named; then what is new is waited for, and joins are looked at again.
 */
import type { Fault } from '../../errors/index.js';
import type { ElementInstance, Json, Migration } from '../../model/index.js';
import { arm, closeSubscription, closeTimer, openAnew } from '../arming.js';
import type { Run } from '../run.js';
import type { Correspondence } from './correspondence.js';
import { countPositions } from './positions.js';
import { rename } from './rename.js';
import { type Waits, waitsOf } from './waits.js';

/** Does all of it; the fault when what is new cannot be waited for: then the state is of no use any more. */
export function carryOut(
  run: Run,
  correspondence: Correspondence,
  { from, to, mappings }: Migration,
): Fault | null {
  const { state } = run;
  const waits = new Map(
    Object.values(state.elements).map((instance) => [
      instance.id,
      waitsOf(state, instance, correspondence),
    ]),
  );
  const root = run.element(state.rootId as string);
  const told = { from: { ...from }, to: { ...to }, mappings: mappings.map((one) => ({ ...one })) };
  const cause = run.record('instanceMigrated', root, { ...told, ...eventsOf(waits) }, 'S99');
  run.cause = cause;
  for (const [id, { closed, rekeyed }] of waits) {
    close(run, run.element(id), [...closed, ...rekeyed.map(({ row }) => row)]);
  }
  run.adopt(correspondence.to);
  rename(run, correspondence, waits);
  countPositions(run);
  for (const [id, { renewed, rekeyed, armed }] of waits) {
    for (const { row, place } of renewed) {
      const { elementId, isInterrupting } = place;
      openAnew(run, { ...row, elementId, isInterrupting });
    }
    for (const { elementId, trigger, isInterrupting } of [
      ...rekeyed.map(({ place }) => place),
      ...armed,
    ]) {
      const problem = arm(run, run.element(id), elementId, trigger, isInterrupting);
      if (problem !== null) return problem;
    }
  }
  // A join may have all that it waits for now. A suspended instance looks when it is resumed.
  const isNoted = (scopeId: string): boolean =>
    state.agenda.some((move) => move.kind === 'rejoin' && move.scopeId === scopeId);
  for (const scopeId of Object.keys(state.waiting)) {
    if (!isNoted(scopeId)) run.push({ kind: 'rejoin', scopeId, cause, actor: run.actor });
  }
  return null;
}

/** Ids of the events that are waited for no more, and of those that are from now on, each once. */
const eventsOf = (all: ReadonlyMap<string, Waits>): Record<string, Json> => {
  const waits = [...all.values()];
  const closed = waits.flatMap((one) => [...one.closed, ...one.rekeyed.map(({ row }) => row)]);
  const armed = waits.flatMap((one) => [...one.rekeyed.map(({ place }) => place), ...one.armed]);
  const ids = (list: readonly { readonly elementId: string }[]): string[] => [
    ...new Set(list.map(({ elementId }) => elementId)),
  ];
  return { closed: ids(closed), armed: ids(armed) };
};

const close = (run: Run, instance: ElementInstance, rows: Waits['closed']): void => {
  if (rows.length === 0) return;
  const gone = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    if ('kind' in row) closeSubscription(run, row);
    else closeTimer(run, row);
  }
  instance.timers = instance.timers.filter((id) => !gone.has(id));
  instance.subscriptions = instance.subscriptions.filter((id) => !gone.has(id));
  run.touch(instance);
};
