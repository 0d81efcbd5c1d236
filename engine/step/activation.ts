/** What an element may read and ask for while it has the word: the machine behind `Activation`. */
import { evaluateDecision } from '../decisions/index.js';
import type { Fault } from '../errors/index.js';
import { fault } from '../errors/index.js';
import type {
  Activation,
  Computation,
  Computed,
  ElementInstance,
  ExecutableProcess,
  FlowNodeBase,
  Json,
  MessageTrigger,
  Payload,
  TaskDraft,
  Trigger,
  Variables,
} from '../model/index.js';
import { fixedDurationMs } from '../triggers/timer/index.js';
import { arm, closeWaitsBut, correlationKey } from './arming.js';
import { compute, condition, evaluateIn, tooMuch } from './compute.js';
import { terminateScope } from './continuations.js';
import { place } from './flows.js';
import { closeIncidents } from './incidents.js';
import { fireEvent, takeResult } from './lifecycle.js';
import { tooLarge } from './payloads.js';
import type { Run } from './run.js';
import { openScope } from './scopes.js';
import { signalOwn } from './signals.js';
import { throwFrom } from './throwing.js';
import { isStored, remove, scopeOf, store } from './tree.js';
import { counters, ScopeView, visible } from './variables.js';

/** Time that a thrown message is kept for who is not there yet (S60). */
const DEFAULT_TIME_TO_LIVE = 'PT1H';

class StepActivation implements Activation {
  readonly process: ExecutableProcess;
  readonly at: string;

  constructor(
    private readonly run: Run,
    readonly instance: ElementInstance,
    private readonly node: FlowNodeBase,
  ) {
    this.process = run.process;
    this.at = run.at;
  }

  evaluate(feel: string): Computation {
    return evaluateIn(this.run, this.instance, feel, this.node.id);
  }

  holds(feel: string, flowId: string): Computation<boolean> {
    return condition(this.run, this.instance, feel, flowId);
  }

  compute(source: Computed): Computation {
    return compute(this.run, this.instance, source, this.node.id);
  }

  visible(): Variables {
    return visible(this.run, this.instance);
  }

  mapped(): Variables {
    const own = this.run.state.variables[this.instance.id] ?? {};
    return Object.fromEntries(
      this.mappedNames()
        .filter((name) => Object.hasOwn(own, name))
        .map((name) => [name, own[name] as Json]),
    );
  }

  private mappedNames(): readonly string[] {
    return this.node.inputs.map(({ target: [name = ''] }) => name);
  }

  result(values: Variables): void {
    takeResult(this.run, this.instance, this.node, values);
  }

  startJob(type: string, retries: number, headers: Readonly<Record<string, string>>): Fault | null {
    const { run, instance, node } = this;
    const variables = { ...counters(run, instance), ...this.visible() };
    const problem = tooLarge(run, variables, headers);
    if (problem !== null) return problem;
    const id = run.nextId(node.id);
    instance.attempts += 1;
    const attempt = instance.attempts;
    run.put('jobs', id, { id, elementInstanceId: instance.id, type, attempt });
    instance.jobId = id;
    if (isStored(run, instance)) run.touch(instance);
    run.record('jobStarted', instance, { jobId: id, type });
    run.effect({
      kind: 'startJob',
      id,
      elementId: node.id,
      elementInstanceId: instance.id,
      type,
      retries,
      headers,
      variables,
    });
    return null;
  }

  openTask(draft: TaskDraft): void {
    const { run, instance, node } = this;
    const task = {
      ...draft,
      id: instance.id,
      elementId: node.id,
      name: node.name,
      openedAt: run.at,
    };
    run.put('tasks', instance.id, task);
    run.record('taskOpened', instance, { ...draft, name: node.name });
  }

  arm(elementId: string, trigger: Trigger): Fault | null {
    store(this.run, this.instance);
    const problem = arm(this.run, this.instance, elementId, trigger, true);
    if (problem !== null) this.disarm();
    return problem;
  }

  private disarm(): void {
    const { boundary } = this.node;
    closeWaitsBut(this.run, this.instance, (elementId) => boundary.includes(elementId));
  }

  publish(trigger: MessageTrigger): Fault | null {
    const { run, instance, node } = this;
    const name = this.compute(trigger.name);
    if (!name.ok) return name.fault;
    const key = correlationKey(run, instance, node.id, trigger);
    if (typeof key !== 'string') return key;
    const messageId = trigger.messageId === null ? null : this.compute(trigger.messageId);
    if (messageId !== null && !messageId.ok) return messageId.fault;
    const ttl = trigger.timeToLive === null ? null : this.compute(trigger.timeToLive);
    if (ttl !== null && !ttl.ok) return ttl.fault;
    const timeToLive = ttl === null ? DEFAULT_TIME_TO_LIVE : String(ttl.value);
    if (fixedDurationMs(timeToLive) === null) {
      return fault('TIME_TO_LIVE', { sender: `'${node.id}'`, text: timeToLive.slice(0, 80) });
    }
    // One instance that shares the key receives it: without mappings it gets all there is to know.
    const variables = node.inputs.length > 0 ? this.mapped() : this.visible();
    const problem = tooLarge(run, variables);
    if (problem !== null) return problem;
    const id = run.nextId(node.id);
    run.record('messagePublished', instance, { name: String(name.value), key });
    run.effect({
      kind: 'publishMessage',
      id,
      elementInstanceId: instance.id,
      name: String(name.value),
      key,
      messageId: messageId === null ? null : String(messageId.value),
      timeToLive,
      variables,
    });
    return null;
  }

  broadcast(trigger: Extract<Trigger, { kind: 'signal' }>): Fault | null {
    const { run, instance, node } = this;
    const name = this.compute(trigger.name);
    if (!name.ok) return name.fault;
    const id = run.nextId(node.id);
    const variables = this.mapped();
    run.record('signalBroadcast', instance, { name: String(name.value) });
    run.effect({
      kind: 'broadcastSignal',
      id,
      elementInstanceId: instance.id,
      name: String(name.value),
      variables,
      isOwnReached: true,
    });
    signalOwn(run, String(name.value), variables);
    return null;
  }

  throw(kind: 'error' | 'escalation', code: string, message: string, variables: Payload) {
    return throwFrom(this.run, this.instance, { kind, code, message, variables });
  }

  openScope(): Fault | null {
    return openScope(this.run, this.instance);
  }

  terminateScope(): void {
    const { run, instance } = this;
    const scope = scopeOf(run, instance);
    run.reason = `was ended by terminate end event '${instance.elementId}'`;
    closeIncidents(run, instance);
    run.cause = run.record('elementCompleted', instance, null, 'S36');
    remove(run, instance);
    terminateScope(run, scope);
  }

  jump(elementId: string): void {
    const { run, instance } = this;
    const scope = run.element(instance.parentId as string);
    closeIncidents(run, instance);
    run.cause = run.record('elementCompleted', instance, null, 'S33');
    remove(run, instance);
    place(run, scope, elementId);
  }

  passOn(elementId: string, payload: Payload): void {
    const { run, instance, node } = this;
    const scope = run.element(instance.parentId as string);
    this.disarm();
    closeIncidents(run, instance);
    run.cause = run.record('elementCompleted', instance, null, 'S32');
    remove(run, instance);
    const flow = node.outgoing.find(({ target }) => target === elementId);
    if (flow !== undefined) run.cause = run.recordAt('flowTaken', flow.id, null, scope.id);
    fireEvent(run, scope, elementId, payload, {});
  }

  startChild(call: {
    readonly processId: string;
    readonly binding: 'latest' | 'deployment' | 'versionTag';
    readonly versionTag: string | null;
    readonly propagatesAll: boolean;
  }): Fault | null {
    const { run, instance, node } = this;
    const { propagatesAll, ...target } = call;
    const variables = propagatesAll ? this.visible() : this.mapped();
    const problem = tooLarge(run, variables);
    if (problem !== null) return problem;
    const id = run.nextId(node.id);
    run.put('calls', id, { childId: id, elementInstanceId: instance.id, interruptionId: null });
    instance.childId = id;
    store(run, instance);
    run.touch(instance);
    run.record('childStarted', instance, { childId: id, processId: call.processId });
    run.effect({
      kind: 'startChild',
      id,
      elementInstanceId: instance.id,
      ...target,
      variables,
      ...(propagatesAll && { mapped: this.mappedNames() }),
    });
    return null;
  }

  evaluateDecision(decisionId: string): Computation {
    const { run, instance } = this;
    const result = evaluateDecision(
      run.process.decisions,
      decisionId,
      new ScopeView(run, instance),
    );
    if (!result.ok) return result;
    const problem = tooMuch(run, decisionId, result.value as Json);
    if (problem !== null) return { ok: false, fault: problem };
    const trace = result.trace.map(({ decisionId: id, matchedRules }) => ({
      decisionId: id,
      matchedRules: [...matchedRules],
    }));
    run.record('decisionEvaluated', instance, { decisionId, trace, value: result.value as Json });
    return result;
  }

  refuse(place: string, detail: string): Fault {
    return fault('EXPRESSION_FAILED', { place, detail });
  }
}

/** The activation of an element instance, for its element's facets. */
export function createActivation(
  run: Run,
  instance: ElementInstance,
  node: FlowNodeBase,
): StepActivation {
  return new StepActivation(run, instance, node);
}
