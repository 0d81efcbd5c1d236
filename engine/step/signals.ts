/** Whom a signal reaches inside an instance, and in which order. Source: docs/semantics.md S45, S48, S65. */
import type { Payload, Subscription } from '../model/index.js';
import type { Run } from './run.js';

/** Order in which things of an instance came to be: the counter in their id. */
const ageOf = ({ id }: Subscription): number => Number(id.slice(id.lastIndexOf(':') + 1));

/** Hosts with an event sub-process of their own for the same occurrence: their boundary events do not take it (S48). */
const hostsThatTake = (run: Run, open: readonly Subscription[]): ReadonlySet<string> => {
  const starts = open.filter(({ elementId }) => run.node(elementId).kind === 'startEvent');
  return new Set(
    starts.map(({ ownerId }) => {
      const { index, parentId } = run.element(ownerId);
      // Boundary events of a multi-instance activity belong to its body.
      return index === null || parentId === null ? ownerId : parentId;
    }),
  );
};

/** A signal reaches these subscriptions before anything else moves: outermost first, those it ends are skipped (S45). */
export function signal(run: Run, open: readonly Subscription[], variables: Payload): void {
  const inside = hostsThatTake(run, open);
  const rows = open
    .filter(
      ({ elementId, ownerId }) =>
        run.node(elementId).kind !== 'boundaryEvent' || !inside.has(ownerId),
    )
    .sort((a, b) => a.depth - b.depth || ageOf(a) - ageOf(b));
  handOn(
    run,
    rows.map(({ id }) => id),
    variables,
  );
}

/** Puts the subscriptions that are left to reach before all other moves. */
export function handOn(run: Run, subscriptionIds: readonly string[], variables: Payload): void {
  run.pushFirst({ kind: 'signal', subscriptionIds, variables, cause: 0, actor: run.actor });
}

/**
 * A signal that this instance throws reaches what waits for it here, once its thrower has left: what opens later on
 * does not get it, what closes on the way does (S65).
 */
export function signalOwn(run: Run, name: string, variables: Payload): void {
  const open = Object.values(run.state.subscriptions).filter(
    (row) => row.kind === 'signal' && row.name === name,
  );
  if (open.length > 0) signal(run, open, variables);
}
