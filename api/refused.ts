/** What the engine refused, as our own API tells it: its code, and what happened instead. */
import type { OperationName, OperationOutput } from '../contracts/control.js';
import type { Operated } from '../contracts/operate.js';
import type { Json } from '../engine/model/index.js';
import { refusedAs } from './camunda/refusals.js';

/** A refusal on its way out. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: string,
    detail: string,
    /** What else is told of it, by name. */
    readonly more: Readonly<Record<string, Json>> = {},
  ) {
    super(detail);
  }

  get status(): number {
    return refusedAs(this.code)[0];
  }
}

/** What an operation came to. @throws Refused */
export function outcomeIn<N extends OperationName>(operated: Operated<N>): OperationOutput<N> {
  if (operated.ok) return operated.output;
  throw new Refused(operated.code, operated.message);
}
