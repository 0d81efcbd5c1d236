/**
 * The parsed tree: what a BPMN file says, with references resolved to ids, extension elements read into
 * plain values, and nothing decided yet. `parse` makes it, `validate` judges it, `compile` turns it into
 * the executable process.
 */

/** A whole file. Catalogues are keyed by the id of the root element. */
export interface ParsedDefinitions {
  readonly id: string | null;
  /** Line of the root element, from 1. */
  readonly line: number | null;
  readonly targetNamespace: string | null;
  readonly processes: readonly ParsedProcess[];
  readonly messages: Readonly<Record<string, ParsedMessage>>;
  readonly signals: Readonly<Record<string, ParsedRoot>>;
  readonly errors: Readonly<Record<string, ParsedRoot>>;
  readonly escalations: Readonly<Record<string, ParsedRoot>>;
}

/** A signal, error or escalation; `code` is `errorCode` or `escalationCode`. */
export interface ParsedRoot {
  readonly id: string;
  readonly name: string | null;
  readonly code: string | null;
}

/** A message; `correlationKey` is the text of `zeebe:subscription`, with its leading `=`. */
export interface ParsedMessage {
  readonly id: string;
  readonly name: string | null;
  readonly correlationKey: string | null;
}

/** A process of the file. */
export interface ParsedProcess {
  readonly id: string;
  readonly name: string | null;
  readonly line: number | null;
  readonly isExecutable: boolean;
  readonly versionTag: string | null;
  /** `zeebe:property` by name, e.g. `jornada:zone`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly content: ParsedScope;
  readonly lanes: readonly ParsedLane[];
  /** Flows without a source or a target, of which only the condition can be judged; absent: there are none. */
  readonly brokenFlows?: readonly Pick<ParsedFlow, 'id' | 'line' | 'condition'>[];
}

/** A lane with the nodes that it lists; nested lanes name their parent. */
export interface ParsedLane {
  readonly id: string;
  readonly name: string | null;
  readonly parent: string | null;
  /** Which of the lane sets of which level; each divides the nodes in a way of its own. */
  readonly laneSet: string;
  readonly nodes: readonly string[];
  readonly assignment: ParsedAssignment | null;
}

/** The direct content of a process or sub-process, in document order. */
export interface ParsedScope {
  readonly nodes: readonly ParsedNode[];
  readonly flows: readonly ParsedFlow[];
}

/** A sequence flow. `condition` is FEEL as written, with or without its leading `=`. */
export interface ParsedFlow {
  readonly id: string;
  readonly name: string | null;
  readonly line: number | null;
  readonly source: string;
  readonly target: string;
  readonly condition: string | null;
}

/** BPMN tags of the flow nodes, as in the file. */
export type BpmnTag =
  | 'startEvent'
  | 'endEvent'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'task'
  | 'serviceTask'
  | 'userTask'
  | 'sendTask'
  | 'receiveTask'
  | 'scriptTask'
  | 'businessRuleTask'
  | 'manualTask'
  | 'callActivity'
  | 'subProcess'
  | 'transaction'
  | 'adHocSubProcess'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'complexGateway'
  | 'eventBasedGateway';

/** One flow node as written. Fields that its tag does not have are null, false or empty. */
export interface ParsedNode {
  readonly id: string;
  readonly tag: BpmnTag;
  readonly name: string | null;
  readonly line: number | null;
  /** Ids of the flows in, in document order, also of those whose source was refused and that are no flow of the level. */
  readonly incoming: readonly string[];
  /** Ids of the flows out: first as its `outgoing` children list them, then unlisted ones. */
  readonly outgoing: readonly string[];
  readonly defaultFlow: string | null;
  /** Boundary events: the activity they sit on. */
  readonly attachedTo: string | null;
  /** `cancelActivity` of boundary events, `isInterrupting` of start events; true by default. */
  readonly isInterrupting: boolean;
  /** Sub-processes: `triggeredByEvent`. */
  readonly isTriggeredByEvent: boolean;
  readonly isForCompensation: boolean;
  readonly isParallelMultiple: boolean;
  /** Receive tasks and event-based gateways: `instantiate`. */
  readonly isInstantiating: boolean;
  /** Event-based gateways: `eventGatewayType`. */
  readonly eventGatewayType: 'Exclusive' | 'Parallel';
  readonly gatewayDirection: 'Unspecified' | 'Converging' | 'Diverging' | 'Mixed';
  readonly startQuantity: number;
  readonly completionQuantity: number;
  /** Event definitions in document order. */
  readonly triggers: readonly ParsedTrigger[];
  /** Send and receive tasks: id of the message. */
  readonly messageRef: string | null;
  /** Script tasks: `scriptFormat` and the text of `script`. */
  readonly scriptFormat: string | null;
  readonly script: string | null;
  /** Call activities: the attribute `calledElement`. */
  readonly calledElement: string | null;
  readonly loop: ParsedLoop | null;
  readonly extensions: ParsedExtensions;
  /** Sub-processes: their content. */
  readonly content: ParsedScope | null;
}

/** One event definition. `ref` is the id of the message, signal, error or escalation; of none if it was refused. */
export type ParsedTrigger =
  | { readonly kind: 'message'; readonly ref: string | null }
  | { readonly kind: 'signal'; readonly ref: string | null }
  | { readonly kind: 'error'; readonly ref: string | null }
  | { readonly kind: 'escalation'; readonly ref: string | null }
  | { readonly kind: 'timer'; readonly timers: readonly ParsedTimer[] }
  | { readonly kind: 'link'; readonly name: string | null }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'conditional'; readonly condition: string | null }
  | { readonly kind: 'compensation'; readonly ref: string | null; readonly isWaiting: boolean }
  | { readonly kind: 'cancel' };

/** One of `timeDate`, `timeDuration`, `timeCycle`; text as written. */
export interface ParsedTimer {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly text: string;
}

/** Loop characteristics. Texts are FEEL as written. */
export type ParsedLoop =
  | { readonly kind: 'standard' }
  | {
      readonly kind: 'multiInstance';
      readonly isSequential: boolean;
      readonly behavior: string;
      readonly inputCollection: string | null;
      readonly inputElement: string | null;
      readonly outputCollection: string | null;
      readonly outputElement: string | null;
      readonly cardinality: string | null;
      readonly completionCondition: string | null;
    };

/** A pair of `zeebe:input` or `zeebe:output`. */
export interface ParsedMapping {
  readonly source: string;
  readonly target: string;
}

/** `zeebe:assignmentDefinition`: texts as written, static or FEEL with a leading `=`. */
export interface ParsedAssignment {
  readonly assignee: string | null;
  readonly candidateGroups: string | null;
  readonly candidateUsers: string | null;
}

/** What the `zeebe:` extension elements of one node say; null where the element is absent. */
export interface ParsedExtensions {
  readonly taskDefinition: { readonly type: string; readonly retries: string | null } | null;
  readonly inputs: readonly ParsedMapping[];
  readonly outputs: readonly ParsedMapping[];
  readonly headers: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly isUserTask: boolean;
  readonly form: {
    readonly formId: string | null;
    readonly formKey: string | null;
    readonly externalReference: string | null;
    readonly bindingType: string | null;
    readonly versionTag: string | null;
  } | null;
  readonly assignment: ParsedAssignment | null;
  readonly schedule: {
    readonly dueDate: string | null;
    readonly followUpDate: string | null;
  } | null;
  readonly priority: string | null;
  readonly script: { readonly expression: string; readonly resultVariable: string } | null;
  readonly calledDecision: {
    readonly decisionId: string;
    readonly resultVariable: string;
    readonly bindingType: string | null;
    readonly versionTag: string | null;
  } | null;
  readonly calledElement: {
    readonly processId: string | null;
    readonly propagateAllChildVariables: boolean;
    readonly propagateAllParentVariables: boolean;
    readonly bindingType: string | null;
    readonly versionTag: string | null;
  } | null;
  readonly publishMessage: {
    readonly correlationKey: string | null;
    readonly messageId: string | null;
    readonly timeToLive: string | null;
  } | null;
  /** `zeebe:subscription` on the node itself. */
  readonly correlationKey: string | null;
}
