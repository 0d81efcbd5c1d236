/** The same models on `bpmn-engine`, with native functions for conditions and scripts: its best case. */
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import type { Variables } from '../../engine/model/index.js';
import { readModel } from './models.js';

type Scope = { readonly environment: { readonly variables: Record<string, number> } };

const expressions = {
  resolveExpression: (text: string, scope: Scope) =>
    text === '=i < 1000' ? (scope.environment.variables.i as number) < 1000 : Number(text),
  isExpression: () => true,
  hasExpression: () => true,
};

const scripts = {
  register: () => undefined,
  getScript: () => ({
    execute: (scope: Scope, done: (error: null) => void) => {
      scope.environment.variables.i = (scope.environment.variables.i as number) + 1;
      done(null);
    },
  }),
};

interface Element {
  readonly type: string;
  readonly behaviour: { Service?: unknown };
}

function work(): { execute: (message: unknown, done: (error: null) => void) => void } {
  return { execute: (_message, done) => done(null) };
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

/** Prepares a model, parsed once as for our core; the result runs one instance to its end. */
export async function runElsewhere(
  name: string,
  variables: Variables,
): Promise<() => Promise<void>> {
  const moddleContext = await parse(readModel(name));
  return async () => {
    const options = { name, moddleContext, expressions, scripts, extensions: { withService } };
    const engine = new Engine({ ...options, variables: { ...variables } } as never);
    const listener = new EventEmitter();
    listener.on('activity.wait', (task: { signal: () => void }) => task.signal());
    const ended = engine.waitFor('end');
    await engine.execute({ listener } as never);
    await ended;
  };
}
