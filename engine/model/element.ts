/**
 * What an element's file says about it: its BPMN tag, its rules, how it compiles and how it behaves. The
 * step machine does everything that elements share (tokens, mappings, boundary events, incidents); a facet
 * left out keeps the default named beside it.
 */
import type { Fault, Finding } from '../errors/index.js';
import type { Payload } from './event.js';
import type { Json, Variables } from './json.js';
import type {
  BpmnTag,
  ParsedDefinitions,
  ParsedNode,
  ParsedProcess,
  ParsedScope,
} from './parsed.js';
import type { Computed, ExecutableProcess, Flow, FlowNodeBase, Join } from './process.js';
import type { ElementInstance, TaskDraft } from './state.js';
import type { MessageTrigger, Trigger, TriggerKind } from './trigger.js';

/** What validation and compilation of a node may look at. */
export interface NodeContext {
  readonly node: ParsedNode;
  readonly definitions: ParsedDefinitions;
  readonly process: ParsedProcess;
  /** The level that holds the node. */
  readonly scope: ParsedScope;
  /** The sub-processes around that level, the innermost first. */
  readonly containers: readonly ParsedNode[];
}

/** What an element decides about its token. */
export type Outcome =
  /** Completed: by these flows; null: by every flow that S19 takes. */
  | { readonly kind: 'leave'; readonly flows: readonly Flow[] | null }
  /** Waits for an event. */
  | { readonly kind: 'wait' }
  /** Went on by itself (a jump, a throw that was caught): the step machine has nothing to add. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'incident'; readonly fault: Fault };

/** A value, or the fault that its computation met. */
export type Computation<T extends Json = Json> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** One activation as an element sees it: what it may read, and what it may ask for. */
export interface Activation {
  readonly process: ExecutableProcess;
  readonly instance: ElementInstance;
  readonly at: string;
  /** Evaluates FEEL (without `=`) in the scope of this activation. */
  evaluate(feel: string): Computation;
  /** Whether the condition of a flow holds; a fault where it is not true or false (S24). */
  holds(feel: string, flowId: string): Computation<boolean>;
  /** A fault for a value that cannot be used. */
  refuse(place: string, detail: string): Fault;
  /** Evaluates a computed text. */
  compute(source: Computed): Computation;
  /** All variables that are visible here, nearest first. */
  visible(): Variables;
  /** What its input mappings made. A throw carries this and no more, so that locals stay where they are. */
  mapped(): Variables;
  /** Takes values as the result of this activation: output mappings see them, else S93 writes them. */
  result(values: Variables): void;
  /** A fault, as of all that sends, when there is too much to be sent. */
  startJob(type: string, retries: number, headers: Readonly<Record<string, string>>): Fault | null;
  openTask(task: TaskDraft): void;
  /** Arms the trigger of event `elementId` for this activation. */
  arm(elementId: string, trigger: Trigger): Fault | null;
  publish(trigger: MessageTrigger): Fault | null;
  broadcast(trigger: Extract<Trigger, { kind: 'signal' }>): Fault | null;
  /** Throws outwards. `caught`: this activation is gone; `on`: it goes on; `asked`: the caller decides. */
  throw(
    kind: 'error' | 'escalation',
    code: string,
    message: string,
    payload: Payload,
  ): 'gone' | 'on' | 'asked' | Fault;
  /** Opens the level of a sub-process: its content gets its tokens. */
  openScope(): Fault | null;
  /** Ends all else in the enclosing scope, which then completes (S36). */
  terminateScope(): void;
  /** Moves the token to another node of the same level: a link (S33). */
  jump(elementId: string): void;
  /** Gives the token to the event behind a flow out, which has just happened (S32). */
  passOn(elementId: string, payload: Payload): void;
  startChild(call: {
    readonly processId: string;
    readonly binding: 'latest' | 'deployment' | 'versionTag';
    readonly versionTag: string | null;
    readonly propagatesAll: boolean;
  }): Fault | null;
  evaluateDecision(decisionId: string): Computation;
}

/** What reaches a waiting activation. */
export type ElementEvent =
  | { readonly kind: 'done'; readonly variables: Variables }
  | {
      readonly kind: 'triggered';
      readonly elementId: string;
      readonly payload: Payload;
    };

/** The definition of one element. */
export interface ElementDefinition<N extends FlowNodeBase = FlowNodeBase> {
  readonly kind: N['kind'];
  readonly tag: BpmnTag;
  /** Whether a parsed node is this element; needed where one tag stands for several. */
  readonly matches?: (node: ParsedNode) => boolean;
  /** Default `each-token`. */
  readonly join?: Join;
  /** Triggers that may sit on its boundary; default none. */
  readonly attaches?: readonly TriggerKind[];
  /** Why a modification may put no token before it, and what to do instead; default null: it may (S97). */
  readonly closedToTokens?: (
    node: N,
    process: ExecutableProcess,
  ) => { readonly what: string; readonly remedy: string } | null;
  /** Static rules of the element alone; default none. */
  readonly validate?: (context: NodeContext) => readonly Finding[];
  /** What the IR node has beyond its base; default nothing. */
  readonly compile?: (context: NodeContext) => Omit<N, keyof FlowNodeBase>;
  /** What a token does that arrives; default: leaves. */
  readonly onEnter?: (node: N, activation: Activation) => Outcome;
  /** What an event does that was waited for; default: takes its variables as result and leaves. */
  readonly onEvent?: (node: N, event: ElementEvent, activation: Activation) => Outcome;
}
