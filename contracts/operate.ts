/** The operations of a running engine, for whoever offers them further. Types only. */
import type { Json } from '../engine/model/index.js';
import type { OperationInput, OperationName, OperationOutput } from './control.js';

/** What came of one. `code`: why it was refused, of the catalogue. */
export type Operated<N extends OperationName> =
  | { readonly ok: true; readonly output: OperationOutput<N> }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Carries an operation out for somebody: acts leave a row in the audit. Rejects when it failed by a fault of ours. */
export type Operate = <N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  asker: {
    readonly actor: string;
    readonly requestId: string;
    readonly reason: string | null;
    /** What the audit keeps of how it was asked, beside what the act itself tells. */
    readonly besides?: Readonly<Record<string, Json>>;
  },
) => Promise<Operated<N>>;
