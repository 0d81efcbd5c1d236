import type { ErrorCode } from '../errors/index.js';
import { type Facts, fault } from '../errors/index.js';
import type { ExpressionProblem } from './types.js';

/** Where a part of a source is: character offsets from 0, `to` excluded. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Makes a problem of a source. Class: pure. */
export function problem<C extends ErrorCode>(
  { from, to }: Place,
  code: C,
  facts: Facts<C>,
): ExpressionProblem {
  return { ...fault(code, facts), from, to };
}

/** A source as it is shown in a message. */
export const excerpt = (source: string): string =>
  source.length > 120 ? `${source.slice(0, 117)}...` : source;
