/**
 * Moves that come before all others: each is a part of what happened last, of many pieces, and nothing may come between
 * them but the end of a decision (S03).
 */
import type { FirstMove, Move } from '../model/index.js';
import { goOnShifting } from './events/operator.js';
import { goOnSignalling } from './events/triggers.js';
import { goOnFinishing } from './instance.js';
import { goOnInterrupting } from './interrupt.js';
import { goOnSettling } from './joins.js';
import type { Run } from './run.js';
import { isFirst } from './under-way.js';

type Kind = FirstMove['kind'];

const GO_ON: {
  readonly [K in Kind]: (run: Run, move: Extract<Move, { readonly kind: K }>) => void;
} = {
  interrupt: goOnInterrupting,
  signal: goOnSignalling,
  shift: goOnShifting,
  settle: goOnSettling,
  finish: goOnFinishing,
};

/**
 * Goes on with what is under way until it is done, or it is enough for one step.
 *
 * @returns whether nothing is under way any more
 */
export function drainFirst(run: Run, isEnough: () => boolean): boolean {
  for (let { first } = run; isFirst(first); first = run.first) {
    if (isEnough()) return false;
    run.cause = first.cause === 0 ? null : first.cause;
    run.actor = first.actor;
    (GO_ON[first.kind] as (run: Run, move: Move) => void)(run, first);
    run.made += 1;
  }
  return true;
}
