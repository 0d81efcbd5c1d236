/**
 * The same models on `bpmn-engine`, with native functions for conditions and scripts and with sources that
 * were read once: its best case. It goes from element to element by nested calls, so that a loop of a
 * thousand rounds overflows the stack: a script answers by `setImmediate`, which costs it nothing it notices.
 */
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import type { Variables } from '../../engine/model/index.js';
import type { Done } from './instances.js';
import { readModel } from './models.js';

type Scope = { readonly environment: { readonly variables: Record<string, number> } };
type Callback = (error: null) => void;

const CONDITION = '=i < 1000';

const expressions = {
  resolveExpression: (text: string, scope: Scope) =>
    text === CONDITION ? (scope.environment.variables.i as number) < 1000 : Number(text),
  isExpression: () => true,
  hasExpression: () => true,
};

/** What is done once for each job and script. */
let workDone = 0;

const increment = (scope: Scope, done: Callback): void => {
  workDone += 1;
  scope.environment.variables.i = (scope.environment.variables.i as number) + 1;
  setImmediate(done, null);
};

const scripts = {
  register: () => undefined,
  /** Conditions are asked for too, as scripts without a language: they are expressions. */
  getScript: (language: string | undefined) =>
    language === 'feel' ? { execute: increment } : undefined,
};

interface Element {
  readonly type: string;
  readonly behaviour: { Service?: unknown };
}

function work(): { execute: (message: unknown, done: Callback) => void } {
  return {
    execute: (_message, done) => {
      workDone += 1;
      done(null);
    },
  };
}

/** Gives every service task its function, as a worker would. */
const withService = (element: Element): void => {
  if (element.type === 'bpmn:ServiceTask') element.behaviour.Service = work;
};

interface Moddle {
  fromXML(xml: string): Promise<unknown>;
}

const parse = (xml: string): Promise<unknown> =>
  new (BpmnModdle as unknown as new (packages: object) => Moddle)({}).fromXML(xml);

const BASE = { expressions, scripts, extensions: { withService } };

/** What bpmn-engine makes of a source, once for all instances. */
async function sourceOf(name: string): Promise<unknown> {
  const engine = new Engine({
    ...BASE,
    name,
    moddleContext: await parse(readModel(name)),
  } as never);
  const [definition] = await engine.getDefinitions();
  if (definition === undefined) throw new Error(`${name} has no definition`);
  return (definition.environment.options as { source?: unknown }).source;
}

/** A model on bpmn-engine: `run` runs one instance to its end, `count` does and tells what it did. */
export interface Elsewhere {
  readonly run: () => Promise<void>;
  readonly count: () => Promise<Omit<Done, 'steps'>>;
}

/** Prepares a model. */
export async function elsewhere(name: string, variables: Variables): Promise<Elsewhere> {
  const sourceContext = await sourceOf(name);
  const run = async (listener: EventEmitter): Promise<void> => {
    const engine = new Engine({
      ...BASE,
      name,
      sourceContext,
      variables: { ...variables },
    } as never);
    listener.on('activity.wait', (task: { signal: () => void }) => {
      workDone += 1;
      task.signal();
    });
    const ended = engine.waitFor('end');
    await engine.execute({ listener } as never);
    await ended;
  };
  const count = async (): Promise<Omit<Done, 'steps'>> => {
    const listener = new EventEmitter();
    let flows = 0;
    listener.on('flow.take', () => {
      flows += 1;
    });
    workDone = 0;
    await run(listener);
    return { flows, work: workDone };
  };
  return { run: () => run(new EventEmitter()), count };
}
