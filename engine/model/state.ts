/**
 * The state of one process instance: plain JSON and the whole truth. Everything that grows with the instance
 * is a table keyed by id, so that an event touches, and a decision reports, only what it concerns.
 */
import type { InstanceEvent } from './event.js';
import type { Json } from './json.js';
import type { TimerSeries } from './timer-series.js';

/** Where an instance is in its life. `failed`: a called instance whose error its caller took. */
export type InstanceStatus = 'created' | 'active' | 'ending' | 'completed' | 'cancelled' | 'failed';

/** The state of one instance. `format` numbers this shape; upgrades are pure functions. */
export interface InstanceState {
  readonly format: 1;
  readonly instanceId: string;
  /** Id of the BPMN process. */
  readonly processId: string;
  status: InstanceStatus;
  /** Instant since which it is suspended; null when it is not. */
  suspendedAt: string | null;
  /** Last number given to an element instance, job, timer, … of this instance. */
  counter: number;
  /** Sequence number of the last journal entry. */
  sequence: number;
  /** Element instance of the process itself; null before the start. */
  rootId: string | null;
  /** How the caller is known, when a call activity started this instance. */
  readonly caller: Caller | null;
  readonly startedAt: string | null;
  /** All live element instances by id `${elementId}:${counter}`. */
  readonly elements: Record<string, ElementInstance>;
  /** Scope or element instance id → name → value. */
  readonly variables: Record<string, Record<string, Json>>;
  /** Scope instance id → position (flow or node id) → tokens there; only on levels that have joins. */
  readonly positions: Record<string, Record<string, number>>;
  /** Scope instance id → incoming flow of a join → tokens that wait there. */
  readonly waiting: Record<string, Record<string, number>>;
  /** Multi-instance body id → `i${index}` → output of that inner instance. */
  readonly outputs: Record<string, Record<string, Json>>;
  /** Multi-instance body id → `i${index}` → input item of the frozen collection. */
  readonly items: Record<string, Record<string, Json>>;
  readonly jobs: Record<string, Job>;
  readonly tasks: Record<string, UserTask>;
  readonly timers: Record<string, OpenTimer>;
  readonly subscriptions: Record<string, Subscription>;
  /** Called instances by child id. */
  readonly calls: Record<string, Call>;
  /** Errors and escalations handed to the caller that it has not answered yet. */
  readonly throws: Record<string, PendingThrow>;
  /** Interruptions that wait for called instances to end (S46). */
  readonly interruptions: Record<string, Interruption>;
  readonly incidents: Record<string, Incident>;
  /** How the last user tasks ended, by task id, so that who comes late is told why. */
  readonly endedTasks: Record<string, EndedTask>;
  /** Answers of the last requests by request id, so that a repetition changes nothing. */
  readonly requests: Record<string, HandledRequest>;
  /** Moves that a bounded step left over, in order; empty at rest. */
  agenda: Move[];
  /** Moves since the last rest, for the loop guard of a step that was cut (S06); 0 at rest. */
  moves: number;
  /** Inner instances that were started since, for the same guard; absent: none. */
  innerStarts?: number;
  /** Scope instances whose joins a cut step has still to look at; empty at rest. */
  unsettled: readonly string[];
  /** Events that came while the instance was suspended, in order. */
  deferred: InstanceEvent[];
}

/** The instance that called this one. */
export interface Caller {
  readonly instanceId: string;
  readonly childId: string;
}

/**
 * Where an activation stands, so that a retry runs exactly the failed move again. `parked`: arrived, held
 * before it entered. `leaving`: outputs are to be mapped. `departing`: its flows are to be chosen.
 */
export type ElementPhase = 'parked' | 'entering' | 'active' | 'leaving' | 'departing';

/** One activation of a flow node, scope or multi-instance body. */
export interface ElementInstance {
  readonly id: string;
  readonly elementId: string;
  /** `scope`: process, sub-process or event sub-process; `body`: of a multi-instance activity. */
  readonly role: 'node' | 'scope' | 'body';
  /** Element instance that holds this one; null for the process. */
  readonly parentId: string | null;
  phase: ElementPhase;
  /** Flow by which the token came; null when it came by none. */
  readonly flowId: string | null;
  /** Inner instances of a multi-instance body: index from 1. */
  readonly index: number | null;
  /** Intrusive list of the parent's children: cost of one insertion or removal does not grow. */
  previousId: string | null;
  nextId: string | null;
  firstChildId: string | null;
  lastChildId: string | null;
  /** Scopes and bodies: tokens and nodes alive inside, event sub-process instances not counted. */
  live: number;
  /** Scopes: running event sub-process instances. */
  handlers: number;
  /** Scopes: no event sub-process starts any more (S35, S50). */
  isClosing: boolean;
  /** Scopes: ended by a terminate end event (S36). */
  isTerminated: boolean;
  /** Bodies: planned, started, completed and terminated inner instances. */
  loop: LoopCounters | null;
  /** Ids of open timers, subscriptions and incidents that belong to this element instance. */
  timers: readonly string[];
  subscriptions: readonly string[];
  incidents: readonly string[];
  jobId: string | null;
  /** Jobs that it has started. */
  attempts: number;
  childId: string | null;
  /** Sequence number of the journal entry that activated it. */
  since: number;
  /**
   * Scopes: where a modification has their tokens begin instead of at their starts; absent: at their starts, or they have
   * begun. Of a parked token the one entry that it is.
   */
  begins?: readonly Entry[];
}

/** A token that a modification puts before a node, and what it finds there (S97). */
export interface Entry {
  readonly nodeId: string;
  /** Flow that is credited with it; null: it comes by none. */
  readonly flowId: string | null;
  /** Locals of the activation, before its input mappings. */
  readonly variables: Readonly<Record<string, Json>>;
  /** Scopes: where tokens begin inside; empty: at its starts. */
  readonly inside: readonly Entry[];
}

/** Progress of a multi-instance body (S71). `started`: what runs, ran or is about to; less than all only in sequence. */
export interface LoopCounters {
  readonly total: number;
  readonly started: number;
  readonly completed: number;
  readonly terminated: number;
}

/** An open job. `attempt` counts from 1 and grows when an incident is resolved. */
export interface Job {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly type: string;
  readonly attempt: number;
}

/** What an element says of the user task that it opens. Instants are ISO 8601 UTC. */
export interface TaskDraft {
  readonly assignee: string | null;
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  readonly dueAt: string | null;
  readonly followUpAt: string | null;
  readonly priority: number;
  readonly formId: string | null;
  /** Until when it was promised to be done; absent: nothing is promised, or its calendar does not open in time. */
  readonly slaDueAt?: string;
  /** Who may neither take nor complete it; absent: anybody may. */
  readonly notBy?: readonly string[];
  /** Variable that receives who completes it. */
  readonly completedBy?: string;
}

/** An open user task; its id is that of its element instance. */
export interface UserTask extends TaskDraft {
  readonly id: string;
  readonly elementId: string;
  readonly name: string | null;
  readonly openedAt: string;
  /** Grows with each change, so that who saw an older one can be told; absent: 1. */
  readonly version?: number;
  /** Who delegated it, and gets it back before it can be completed; absent: nobody did. */
  readonly owner?: string;
  /** For whom whoever has it stands in; absent: for nobody. */
  readonly standsFor?: string;
}

/** What may be changed of an open task; what is not named stays. Instants are ISO 8601, null takes one away. */
export type TaskChanges = Partial<
  Pick<TaskDraft, 'dueAt' | 'followUpAt' | 'priority' | 'candidateGroups' | 'candidateUsers'>
>;

/** An armed timer. `elementId` is the event to trigger, `ownerId` whose end closes it. */
export interface OpenTimer {
  readonly id: string;
  readonly ownerId: string;
  readonly elementId: string;
  readonly series: TimerSeries;
  /** When it was armed, if the instance was suspended then; absent: it was not. */
  readonly armedAt?: string;
}

/** An open message or signal subscription. */
export interface Subscription {
  readonly id: string;
  readonly kind: 'message' | 'signal';
  readonly name: string;
  /** Messages: the key as text, empty when the name alone matches. */
  readonly key: string;
  readonly ownerId: string;
  readonly elementId: string;
  /** How deep the level of its event lies: 0 for the process. Deepest wins a message, outermost a signal. */
  readonly depth: number;
  readonly isInterrupting: boolean;
  /** A message was turned away while the instance was suspended: it is opened anew when that ends (S58). */
  readonly isLapsed?: true;
  /** The one whose place it took. */
  readonly replaces?: string;
}

/** A called instance. `ending` when an interruption waits for it. */
export interface Call {
  readonly childId: string;
  readonly elementInstanceId: string | null;
  readonly interruptionId: string | null;
}

/** An error or escalation that the caller is asked about; `child` when a called instance threw it. */
export interface PendingThrow {
  readonly id: string;
  readonly kind: 'error' | 'escalation';
  readonly code: string;
  readonly message: string;
  readonly elementInstanceId: string;
  readonly child: { readonly childId: string; readonly throwId: string } | null;
}

/** What happens when all called instances below an interruption have ended. */
export interface Interruption {
  readonly id: string;
  readonly pending: number;
  readonly then: Continuation;
}

/** The way on after an interruption. */
export type Continuation =
  /** A boundary event takes the token; its mappings may read the locals of the interrupted host (S41). */
  | {
      readonly kind: 'boundary';
      readonly elementId: string;
      readonly scopeId: string;
      readonly payload: Readonly<Record<string, Json>>;
      readonly locals: Readonly<Record<string, Json>>;
    }
  /** An event sub-process starts; `elementId` is its start event. */
  | {
      readonly kind: 'handler';
      readonly elementId: string;
      readonly scopeId: string;
      readonly payload: Readonly<Record<string, Json>>;
      readonly locals: Readonly<Record<string, Json>>;
    }
  | { readonly kind: 'scope'; readonly scopeId: string }
  | { readonly kind: 'body'; readonly bodyId: string }
  /** A modification has cancelled something in this scope or body, which goes on without it. */
  | { readonly kind: 'left'; readonly scopeId: string; readonly isHandler: boolean }
  | { readonly kind: 'instance'; readonly status: 'cancelled' | 'failed' };

/** A stop that a person must see to. */
export interface Incident {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly elementId: string;
  /** The element instance that holds the token; for a blocked join its scope. */
  readonly elementInstanceId: string;
  readonly at: string;
  /** Event whose timer or subscription the host could not open: a retry opens that alone. Absent for all else. */
  readonly unopened?: string;
}

/** What became of a user task, as half a sentence. */
export interface EndedTask {
  readonly order: number;
  readonly fate: string;
}

/** A request that was answered. */
export interface HandledRequest {
  readonly order: number;
  readonly answer: Answer;
}

/** What a caller is told: done, or refused with a code; `waitingAt` lists what is now waited for. */
export interface Answer {
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string;
  /** Ids of the elements that this event made the instance wait at. */
  readonly waitingAt: readonly string[];
}

/** What led to a move: the entry before it (0: none), and who asked for what it belongs to. */
interface Origin {
  readonly cause: number;
  readonly actor: string | null;
}

/** One internal move: a unit of work inside a step (S02). */
export type Move = Origin &
  (
    | {
        readonly kind: 'arrive';
        readonly nodeId: string;
        readonly flowId: string | null;
        readonly scopeId: string;
        /** Set where a modification put the token there. */
        readonly entry?: Entry;
      }
    /** Runs again what an incident stopped. */
    | { readonly kind: 'enter'; readonly id: string }
    | { readonly kind: 'inner'; readonly bodyId: string; readonly index: number }
    | { readonly kind: 'close'; readonly scopeId: string }
    /** Looks at the joins of a scope whose process is another version now (S99). */
    | { readonly kind: 'rejoin'; readonly scopeId: string }
    | FirstMove
  );

/** A move of several pieces that comes before all others: it is a part of what happened last (S03). */
export type FirstMove =
  /** Ends what an interruption ends, innermost first, and lets its token go on (S46). */
  | {
      readonly kind: 'interrupt';
      /** Element instance inside of which all ends. */
      readonly id: string;
      /** Whether it ends itself as well. */
      readonly isWhole: boolean;
      /** Why, as half a sentence for who comes late. */
      readonly reason: string;
      /** Holds the called instances that are to confirm; null while there is none. */
      readonly interruptionId: string | null;
      readonly then: Continuation;
    }
  /** Hands a signal to one open subscription after the other (S45). */
  | {
      readonly kind: 'signal';
      readonly subscriptionIds: readonly string[];
      readonly variables: Readonly<Record<string, Json>>;
    }
  /** Moves one timer after the other by the time that the instance was suspended (S58). */
  | { readonly kind: 'shift'; readonly timerIds: readonly string[]; readonly byMs: number }
  /** Looks for deadlocks in one unsettled scope after the other (S05). */
  | { readonly kind: 'settle' }
  /** Ends the instance, after a note on each event that it has kept. */
  | { readonly kind: 'finish'; readonly status: 'completed' | 'cancelled' | 'failed' };
