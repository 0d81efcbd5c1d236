/**
 * Stored decisions: what the interpreter answered to an event in a state, kept as files. A change of the interpreter
 * that answers otherwise shows here; it is mended, or accepted by recording anew (`JORNADA_RECORD=1`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  StepResult,
} from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compileFixture } from './index.js';

/** One decision: the state before, the event, the answer, the state after. */
export interface StoredDecision {
  readonly before: InstanceState;
  readonly event: InstanceEvent;
  /** Without the process: the compiled one is no promise to anyone. */
  readonly result: Omit<StepResult, 'process'>;
  readonly after: InstanceState;
}

const MODELS = 'test/fixtures/elements';
const CORPUS = 'test/decisions-corpus';
const MOST_STEPS = 12;
const AT = '2026-03-02T12:00:00.000Z';
const NOBODY = { requestId: null, actor: null } as const;

const first = <T>(table: Readonly<Record<string, T>>): T | undefined => Object.values(table)[0];

/** What to do next with an instance, always the same for the same state; null when there is nothing. */
function nextEvent({
  jobs,
  tasks,
  timers,
  subscriptions,
  status,
}: InstanceState): InstanceEvent | null {
  if (status !== 'active') return null;
  const job = first(jobs);
  if (job) return { kind: 'jobCompleted', at: AT, jobId: job.id, variables: { done: job.id } };
  const task = first(tasks);
  if (task) {
    const variables = { note: task.id };
    return { kind: 'taskCompleted', at: AT, taskId: task.id, action: null, variables, ...NOBODY };
  }
  const timer = first(timers);
  if (timer) return { kind: 'timerFired', at: timer.series.dueAt, timerId: timer.id };
  const row = first(subscriptions);
  if (!row) return null;
  const { id, kind } = row;
  return kind === 'signal'
    ? { kind: 'signalReceived', at: AT, subscriptionIds: [id], variables: {} }
    : { kind: 'messageReceived', at: AT, subscriptionId: id, messageId: 'm', variables: {} };
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Decides once more what a stored decision decided. */
export function decideAgain(
  process: ExecutableProcess,
  { before, event }: StoredDecision,
): Pick<StoredDecision, 'result' | 'after'> {
  const after = copy(before);
  const { process: _, ...result } = step(process, after, event);
  return { result: copy(result), after: copy(after) };
}

function record(process: ExecutableProcess): readonly StoredDecision[] {
  const typed = process.starts.find(({ trigger }) => trigger !== 'none');
  const hasNone = (process.scopes[process.id]?.starts.length ?? 0) === 1;
  const elementId = hasNone ? null : (typed?.elementId ?? null);
  const variables = { items: [1, 2], x: 5, key: 'k', email: 'a@b.example' };
  let event: InstanceEvent | null = { kind: 'start', at: AT, elementId, variables, ...NOBODY };
  let before = createInstance({ instanceId: 'stored', processId: process.id, caller: null });
  const decisions: StoredDecision[] = [];
  while (event && decisions.length < MOST_STEPS) {
    const { result, after } = decideAgain(process, { before, event } as StoredDecision);
    decisions.push({ before: copy(before), event, result, after });
    before = after;
    event = nextEvent(after);
  }
  return decisions;
}

/** The models of the corpus: the first sound one of each element. */
export const storedModels = (): readonly string[] =>
  readdirSync(MODELS).map((element) => {
    const [model] = readdirSync(join(MODELS, element))
      .filter((name) => name.startsWith('valid-'))
      .sort();
    return `${element}/${(model ?? '').replace(/\.bpmn$/, '')}`;
  });

/** The stored decisions of a model; recorded first when asked to. */
export async function storedDecisions(
  model: string,
): Promise<{ readonly process: ExecutableProcess; readonly decisions: readonly StoredDecision[] }> {
  const { process } = await compileFixture(`elements/${model}`);
  const file = join(CORPUS, `${model.replaceAll('/', '.')}.json`);
  if (globalThis.process.env.JORNADA_RECORD === '1') {
    mkdirSync(CORPUS, { recursive: true });
    writeFileSync(file, `${JSON.stringify(record(process))}\n`);
  }
  if (!existsSync(file)) throw new Error(`${file} is missing; record it with JORNADA_RECORD=1`);
  return { process, decisions: JSON.parse(readFileSync(file, 'utf8')) as StoredDecision[] };
}
