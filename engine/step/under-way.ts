/** What an instance is in the middle of, and whether it takes events meanwhile. Class: pure. */
import type { FirstMove, InstanceState, Move } from '../model/index.js';

const FIRST: Readonly<Record<FirstMove['kind'], true>> = {
  interrupt: true,
  signal: true,
  shift: true,
  settle: true,
  finish: true,
};

/** Whether a move comes before all others: it is one of the many pieces of what happened last. */
export const isFirst = (move: Move | null): move is Extract<Move, { kind: FirstMove['kind'] }> =>
  move !== null && Object.hasOwn(FIRST, move.kind);

/**
 * Whether events are kept for later: while suspended, amid an interruption, and until what was kept has been taken.
 *
 * @param next - the move that comes next
 */
export function isKeeping(
  { suspendedAt, deferred, agenda }: InstanceState,
  next: Move | null = agenda[0] ?? null,
): boolean {
  return suspendedAt !== null || deferred.length > 0 || isFirst(next);
}
