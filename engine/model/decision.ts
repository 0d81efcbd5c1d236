/** Compiled DMN: what `decisions` makes of a file and evaluates. Plain JSON; texts are FEEL. */
export interface DecisionPlan {
  readonly id: string;
  readonly name: string | null;
  /** Name under which other decisions see the result. */
  readonly variable: string;
  /** Ids of the decisions that it requires. */
  readonly requires: readonly string[];
  readonly logic: DecisionLogic;
}

/** Types that an input or output can have. */
export type DecisionType =
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'duration';

/** How a decision comes to its result. */
export type DecisionLogic =
  | { readonly kind: 'literal'; readonly feel: string }
  | {
      /** Each entry sees those before it; the last may have no name: then it is the result. */
      readonly kind: 'context';
      readonly entries: readonly { readonly name: string | null; readonly feel: string }[];
    }
  | {
      readonly kind: 'table';
      readonly hitPolicy:
        | 'UNIQUE'
        | 'FIRST'
        | 'PRIORITY'
        | 'ANY'
        | 'COLLECT'
        | 'RULE ORDER'
        | 'OUTPUT ORDER';
      readonly aggregation: 'SUM' | 'COUNT' | 'MIN' | 'MAX' | null;
      readonly inputs: readonly {
        readonly id: string;
        /** What people call the column; null: as its expression. */
        readonly label: string | null;
        readonly feel: string;
        /** What a value must be; null when any may come. Temporal values come as ISO 8601 strings. */
        readonly type: DecisionType | null;
        /** Unary tests that a value must pass; null when any may come. */
        readonly allowed: string | null;
      }[];
      readonly outputs: readonly {
        readonly id: string;
        readonly name: string;
        /** What a value that is not null must be; null when any may come. Temporal values are ISO 8601 strings. */
        readonly type: DecisionType | null;
        readonly defaultFeel: string | null;
        /** Allowed values in order of priority, as FEEL unary tests; empty when none are listed. */
        readonly priorities: readonly string[];
      }[];
      readonly rules: readonly {
        readonly id: string;
        /** Unary tests, one for each input; `-` holds always. */
        readonly tests: readonly string[];
        readonly results: readonly string[];
        /** What people wrote beside it. */
        readonly annotation: string | null;
      }[];
    };

/** What one decision of an evaluation did: for the journal. */
export interface DecisionTrace {
  readonly decisionId: string;
  /** Ids of the rules that matched, in table order; empty for other logic. */
  readonly matchedRules: readonly string[];
}
