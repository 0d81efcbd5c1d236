/**
 * Block-structured models: a tree in which every block has one way in and one way out, so that it cannot block
 * by construction. The tree is drawn as BPMN, and the oracle plays it; neither knows of the other.
 *
 * Values never race: a task writes one variable of its own, always the same value; conditions read variables of
 * the start, which nothing writes; the counter of a loop lives in the loop.
 */

/** `b0` … `b3` are flags of the start; `n0`, `n1` its numbers, `items` its list. */
export interface Condition {
  readonly flag: 0 | 1 | 2 | 3;
  readonly isNegated: boolean;
}

export type Wait = 'message' | 'timer' | 'signal';
export type Code = 'E1' | 'E2';

/** What is caught outside the flow. `code` null catches all. `isFired`: the calm script lets it happen. */
interface Catch {
  readonly id: string;
  readonly trigger: Wait | 'error' | 'escalation';
  readonly code: Code | null;
  readonly isInterrupting: boolean;
  readonly isFired: boolean;
  /** Errors: the code is mapped to a variable, and the payload is not written. */
  readonly isMapped: boolean;
}

export interface Boundary extends Catch {
  readonly blocks: readonly Block[];
}

export interface Handler extends Catch {
  readonly level: Level;
}

/** Content of a process or sub-process. `isPlain`: drawn without start and end events. */
export interface Level {
  readonly handlers: readonly Handler[];
  readonly blocks: readonly Block[];
  readonly isPlain: boolean;
}

export interface Multi {
  readonly isSequential: boolean;
  readonly by: 'collection' | 'cardinality';
  readonly size: 0 | 1 | 2 | 3;
  readonly hasOutput: boolean;
  /** Inner instances after which it is enough; null: all. */
  readonly enough: number | null;
}

interface Base<K> {
  readonly kind: K;
  readonly id: string;
}

interface Activity {
  readonly boundaries: readonly Boundary[];
  readonly multi: Multi | null;
}

/** Work with a result; `isMapped`: through input and output mappings. */
interface Work extends Activity {
  readonly isMapped: boolean;
}

export type Block =
  | Base<'task'>
  | Base<'manualTask'>
  | (Base<'scriptTask'> & Activity & { readonly formula: number })
  | (Base<'serviceTask'> & Work)
  | (Base<'userTask'> & Work)
  | (Base<'businessRuleTask'> & Activity & { readonly isDecision: boolean })
  | (Base<'sendTask'> & Activity & { readonly isJob: boolean })
  | (Base<'receiveTask'> & Work & { readonly hasKey: boolean })
  | (Base<'intermediateCatchEvent'> & { readonly trigger: Wait })
  | (Base<'intermediateThrowEvent'> & {
      readonly trigger: 'none' | 'message' | 'signal' | 'escalation' | 'link';
      readonly code: Code;
    })
  /** A choice whose last branch is the default; `isTask`: by conditional flows out of a task. */
  | (Base<'exclusiveGateway'> & {
      readonly shape: 'choice';
      readonly branches: readonly Branch[];
    })
  | (Base<'exclusiveGateway'> & {
      readonly shape: 'loop';
      readonly rounds: number;
      readonly level: Level;
    })
  | (Base<'parallelGateway'> & { readonly branches: readonly Branch[] })
  | (Base<'inclusiveGateway'> & { readonly branches: readonly Branch[] })
  | (Base<'eventBasedGateway'> & {
      readonly arms: readonly {
        readonly id: string;
        readonly trigger: Wait | 'receive';
        readonly blocks: readonly Block[];
      }[];
      readonly chosen: number;
    })
  | (Base<'subProcess'> & Activity & { readonly level: Level; readonly hasLocal: boolean })
  | (Base<'callActivity'> & Activity & { readonly level: Level; readonly isClosed: boolean })
  /** Ends the token if its condition holds. */
  | (Base<'endEvent'> & {
      readonly trigger: 'none' | 'terminate' | 'error' | 'escalation' | 'message' | 'signal';
      readonly code: Code;
      readonly condition: Condition;
      readonly hasInput: boolean;
    });

export interface Branch {
  readonly condition: Condition;
  readonly blocks: readonly Block[];
}

export type BlockKind = Block['kind'];
export type BlockOf<K extends BlockKind> = Extract<Block, { readonly kind: K }>;

/** A model with the values that its process starts with. */
export interface Model {
  readonly id: string;
  readonly level: Level;
  /** How its process is started; all but `none` by an event. */
  readonly start: 'none' | 'message' | 'timer' | 'signal';
  readonly flags: readonly [boolean, boolean, boolean, boolean];
  readonly numbers: readonly [number, number];
}

/** Whether a condition holds for a model's flags. */
export const holds = ({ flag, isNegated }: Condition, { flags }: Pick<Model, 'flags'>): boolean =>
  flags[flag] !== isNegated;

/** Scripts in FEEL, and what they come to. */
export const FORMULAS: readonly {
  readonly feel: string;
  readonly value: (model: Model) => unknown;
}[] = [
  { feel: 'n0 + n1', value: ({ numbers: [a, b] }) => a + b },
  { feel: 'b0 and not(b1)', value: ({ flags: [a, b] }) => a && !b },
  {
    feel: 'if b2 then n0 else n1 * 2',
    value: ({ flags, numbers: [a, b] }) => (flags[2] ? a : b * 2),
  },
  { feel: '[n0, "x", null]', value: ({ numbers: [a] }) => [a, 'x', null] },
  { feel: 'for i in items return i + 1', value: () => [11, 21, 31] },
  { feel: '{a: n0, b: {c: "d"}}.b', value: () => ({ c: 'd' }) },
];

/** The list of the start. */
export const ITEMS: readonly number[] = [10, 20, 30];
