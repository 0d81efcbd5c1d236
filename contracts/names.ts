/** Names that the parts of the durable host call each other by. Plain constants: the workflow sandbox reads them. */

/** Task queue of the engine's own workers. */
export const TASK_QUEUE = 'jornada';

/** Workflow types: the names under which `workflows/index.ts` exports them. */
export const WORKFLOWS = {
  instance: 'processInstance',
  messages: 'messageCorrelator',
  signals: 'signalCorrelator',
  timerStart: 'timerStart',
  batch: 'batchOperation',
} as const;

/** What the engine's own activities begin with; no task type of a model may. */
export const ACTIVITY_PREFIX = 'jornada.';

/** The engine's own activities. */
export const ACTIVITIES = {
  decide: 'jornada.decide',
  noteParked: 'jornada.noteParked',
  resolveCall: 'jornada.resolveCall',
  openSubscription: 'jornada.openSubscription',
  closeSubscription: 'jornada.closeSubscription',
  publishMessage: 'jornada.publishMessage',
  broadcastSignal: 'jornada.broadcastSignal',
  deliverMessage: 'jornada.deliverMessage',
  deliverSignal: 'jornada.deliverSignal',
  startByMessage: 'jornada.startByMessage',
  startBySignal: 'jornada.startBySignal',
  startByTimer: 'jornada.startByTimer',
  workBatch: 'jornada.workBatch',
} as const;

/** Updates of a process instance. Each takes one `InstanceRequest` but `started`, `retryDecision` and `dropEvent`. */
export const UPDATES = {
  completeTask: 'completeTask',
  assignTask: 'assignTask',
  delegateTask: 'delegateTask',
  returnTask: 'returnTask',
  updateTask: 'updateTask',
  commentTask: 'commentTask',
  resolveIncident: 'resolveIncident',
  cancel: 'cancel',
  suspend: 'suspend',
  resume: 'resume',
  setVariables: 'setVariables',
  modify: 'modify',
  migrate: 'migrate',
  deliver: 'deliver',
  started: 'started',
  retryDecision: 'retryDecision',
  /** Takes the place of an event in the queue of a parked instance. */
  dropEvent: 'dropEvent',
  /** Under a virtual clock alone. */
  fireTimer: 'fireTimer',
} as const;

/** Updates of correlators. */
export const CORRELATOR_UPDATES = {
  open: 'open',
  close: 'close',
  publish: 'publish',
  broadcast: 'broadcast',
  /** Under a virtual clock alone: its time has come. */
  wake: 'wake',
} as const;

/** Signals between workflows. */
export const SIGNALS = {
  callNews: 'callNews',
  /** To a message correlator: an instance that it started has ended. */
  instanceEnded: 'instanceEnded',
  /** To a batch: somebody suspended, resumed or cancelled it. */
  batchTurned: 'batchTurned',
} as const;

/** Updates of a process instance that are refused with what it holds; `pulse` under a virtual clock alone. */
export const LOOKS = { state: 'lookAtState', pulse: 'lookAtPulse' } as const;

/** Queries: `state` of a process instance that has closed, `pulse` of a correlator under a virtual clock. */
export const QUERIES = { state: 'state', pulse: 'pulse' } as const;

/** Headers of a service task that the host reads; texts, durations ISO 8601. */
export const JOB_HEADERS = {
  /** `true`: short and idempotent, run inside the decision. */
  local: 'jornada:local',
  taskQueue: 'jornada:taskQueue',
  /** Time of one attempt; default PT5M. */
  timeout: 'jornada:timeout',
  heartbeat: 'jornada:heartbeat',
  /** Time before the second attempt; default PT1S. */
  backoff: 'jornada:backoff',
  /** Factor of each later one; default 2. */
  backoffCoefficient: 'jornada:backoffCoefficient',
  /** Time for all attempts and waits together; default P7D. */
  deadline: 'jornada:deadline',
} as const;

/** Type of the `ApplicationFailure` by which a service task throws a BPMN error. */
export const BPMN_ERROR = 'BPMN_ERROR';
