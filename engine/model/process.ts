/**
 * The executable process: the IR that `compile` makes and `step` runs. Plain JSON and never changed; it can
 * be made again from its sources at any time, so its shape is no promise to anyone.
 */
import type { Calendars } from './calendar.js';
import type { DecisionPlan } from './decision.js';
import type { Form } from './form.js';
import type { Json } from './json.js';
import type { Trigger, TriggerKind } from './trigger.js';

/** A text that may be computed: FEEL without its leading `=`, or a fixed value. */
export type Computed = { readonly feel: string } | { readonly value: Json };

/** One input or output mapping: the value goes to the variable named by the path `target`. */
export interface Mapping {
  readonly source: Computed;
  readonly target: readonly string[];
}

/** One sequence flow out of a node, in the order in which tokens take them (S02). */
export interface Flow {
  readonly id: string;
  readonly target: string;
  /** FEEL without leading `=`; null when the flow is unconditional. */
  readonly condition: string | null;
  readonly isDefault: boolean;
}

/** How the tokens of a node's incoming flows meet. */
export type Join = 'each-token' | 'all-flows' | 'reachable';

/** What every flow node has. Elements extend it with what is theirs. */
export interface FlowNodeBase<K extends string = string> {
  readonly kind: K;
  readonly id: string;
  readonly name: string | null;
  /** Id of the scope (process or sub-process) whose direct content this is. */
  readonly scopeId: string;
  readonly incoming: readonly string[];
  readonly outgoing: readonly Flow[];
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** Ids of the boundary events that sit on this activity, in document order. */
  readonly boundary: readonly string[];
  readonly multiInstance: MultiInstance | null;
  /** Free-form attributes `jornada:…` and `zeebe:header`s that hosts read. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A node that is an event. */
export interface EventNode<K extends string = string> extends FlowNodeBase<K> {
  readonly trigger: Trigger;
  /** Boundary and event sub-process start events; true elsewhere. */
  readonly isInterrupting: boolean;
}

/** Multi-instance characteristics; expressions are FEEL without leading `=`. */
export interface MultiInstance {
  readonly isSequential: boolean;
  readonly collection: string | null;
  readonly cardinality: string | null;
  readonly inputElement: string | null;
  readonly outputCollection: string | null;
  readonly outputElement: string | null;
  readonly completionCondition: string | null;
}

/** The level of a process or sub-process. */
export interface ScopePlan {
  readonly id: string;
  /** Scope that holds this one; null for the process. */
  readonly parentId: string | null;
  /** Nodes that get a token on entry when no start event is named: the none start, or by S10. */
  readonly starts: readonly string[];
  /** Event sub-processes of this level, armed on entry. */
  readonly eventSubProcesses: readonly EventSubProcessPlan[];
  /** Joins of this level in document order, with what S27 needs; empty on most levels. */
  readonly joins: readonly JoinPlan[];
}

/** An event sub-process as its parent scope sees it. */
export interface EventSubProcessPlan {
  /** Id of the sub-process. */
  readonly id: string;
  /** Its start event: carries trigger and mappings. */
  readonly startEventId: string;
  readonly trigger: TriggerKind;
  readonly isInterrupting: boolean;
}

/** Position (id of a node or flow of the level) → incoming flows of a join reachable without visiting it. */
export type Reach = Readonly<Record<string, readonly string[]>>;

/** A join and, for each position of its level, the incoming flows that a token there can still reach. */
export interface JoinPlan {
  readonly nodeId: string;
  readonly kind: 'all-flows' | 'reachable';
  readonly incoming: readonly string[];
  /** By every boundary event on the way. */
  readonly reach: Reach;
  /** By boundary events of the node that holds the token alone; null where a level has none. */
  readonly nearReach: Reach | null;
}

/** A way to start an instance from outside. */
export interface StartPlan {
  readonly elementId: string;
  readonly trigger: TriggerKind;
  /** Message or signal name; null for none and timer starts. */
  readonly name: string | null;
  /** Timer starts: kind and text of the timer, constant by rule. */
  readonly timer: { readonly kind: 'date' | 'duration' | 'cycle'; readonly text: Computed } | null;
  /** Variable that receives who started the instance there. */
  readonly startedBy?: string;
}

/** Declared variable of a process: what a caller may pass. */
export interface VariableDeclaration {
  readonly name: string;
  readonly type:
    | 'string'
    | 'number'
    | 'integer'
    | 'boolean'
    | 'list'
    | 'context'
    | 'date'
    | 'instant'
    | 'any';
  readonly isRequired: boolean;
  /** The process writes it on its way: it cannot be passed at the start. */
  readonly isInternal?: boolean;
  /** A caller is told it at the end. Where none is, it is told all. */
  readonly isOutput?: boolean;
  readonly personalData: string | null;
}

/**
 * Whose key its instances are encrypted under: their customer's, which dies with the customer, or the operator's, where
 * nothing personal is kept.
 */
export type RunsUnder = 'customer' | 'operator';

/** The whole executable process. */
export interface ExecutableProcess<N extends FlowNodeBase = FlowNodeBase> {
  readonly format: 1;
  readonly id: string;
  readonly name: string | null;
  readonly versionTag: string | null;
  /** IANA zone of its timers and of `now()`; `UTC` unless `jornada:zone` says otherwise. */
  readonly zone: string;
  readonly limits: ProcessLimits;
  readonly nodes: Readonly<Record<string, N>>;
  readonly scopes: Readonly<Record<string, ScopePlan>>;
  readonly starts: readonly StartPlan[];
  /** Decisions that its business rule tasks call, with all that these require, by decision id. */
  readonly decisions: Readonly<Record<string, DecisionPlan>>;
  /** Forms that its user tasks show, by form id. */
  readonly forms: Readonly<Record<string, Form>>;
  /** Empty: any variable may be passed. */
  readonly variables: readonly VariableDeclaration[];
  /** Business calendars of the package, by name. */
  readonly calendars: Readonly<Record<string, Calendars>>;
  /** Absent: nothing is declared to be personal. */
  readonly runsUnder?: RunsUnder;
  /** Times that are promised, by the element whose time counts; absent: none is. */
  readonly promises?: Promises;
}

/** A time within which an element is to be done. */
export interface SlaPromise {
  /** ISO 8601. */
  readonly target: string;
  /** Name of a calendar of the package. */
  readonly calendar: string;
  /** Percentages of the target at which people are warned, ascending. */
  readonly warnAt: readonly number[];
  readonly title: { readonly en: string; readonly 'pt-BR': string };
}

/** Promises by element. */
export type Promises = Readonly<Record<string, SlaPromise>>;

/** Bounds of one instance of a process. */
export interface ProcessLimits {
  /** Moves that one event may cause (S06). */
  readonly movesAStep: number;
  /** Entries of a multi-instance collection. */
  readonly collectionSize: number;
  /** UTF-8 bytes of one variable as JSON, of what comes from outside. */
  readonly variableBytes: number;
  /** UTF-8 bytes of all variables of the process as JSON, which what comes from outside may make them. */
  readonly processBytes: number;
  /** UTF-8 bytes as JSON of what is sent at once: to a job, a called process or a caller, by a message or signal. */
  readonly payloadBytes: number;
}
