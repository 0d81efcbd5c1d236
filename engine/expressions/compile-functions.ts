/** Calls and definitions of functions, and the literals of dates and times. Source: DMN 1.5 §10.3.2.13.2. */
import type { Builtin } from './builtin.js';
import { builtinNamed } from './builtins.js';
import { FeelFault, stop } from './fault.js';
import { FeelFunction } from './feelin.js';
import { LIMITS } from './limits.js';
import { meaningOf, type Names, withLocal } from './names.js';
import {
  type Compilation,
  childAt,
  childNamed,
  constant,
  type NodeCompiler,
  nameOf,
  refuse,
} from './nodes.js';
import { type Run, Runtime, type Value } from './runtime.js';
import { literalText } from './string-literal.js';
import { isInGap } from './temporal.js';
import { tolerant } from './tolerance.js';
import type { Node } from './tree.js';
import { describe } from './values.js';

/** The arguments of a call as written: in order, or by name. */
interface Arguments {
  readonly positional: readonly Node[];
  readonly named: readonly { readonly name: string; readonly value: Node; readonly node: Node }[];
}

function argumentsOf(node: Node): Arguments {
  const named = childNamed(node, 'NamedParameters');
  if (!named)
    return { positional: childNamed(node, 'PositionalParameters')?.children ?? [], named: [] };
  const parameters = named.children.filter(({ name }) => name === 'NamedParameter');
  return {
    positional: [],
    named: parameters.map((one) => ({
      name: nameOf(childAt(one, 0)),
      value: childAt(one, -1),
      node: one,
    })),
  };
}

const invocation: NodeCompiler = (node, names, into) => {
  const callee = childAt(node, 0);
  const name = nameOf(callee);
  const isName = callee.name === 'VariableName' || callee.name === 'SpecialFunctionName';
  if (!isName || meaningOf(names, name).slot !== null) return dynamicCall(node, names, into);
  const special = SPECIAL_FORMS[name];
  if (special) return special(node, names, into);
  const builtin = builtinNamed(name);
  if (builtin) return builtinCall({ name, builtin }, node, names, into);
  if (meaningOf(names, name).filtered.length > 0) return dynamicCall(node, names, into);
  if (name === 'fromAi') {
    const remedy = 'let a service task ask, and map its result';
    return refuse(into, node, 'FEEL_UNSUPPORTED', { construct: 'fromAi()', remedy });
  }
  return refuse(into, callee, 'FEEL_UNKNOWN_FUNCTION', { name });
};

/** Calls what a local name, an entry or another call gives. */
function dynamicCall(node: Node, names: Names, into: Compilation): Run {
  const callee = into.compile(childAt(node, 0), names);
  const { positional, named } = argumentsOf(node);
  const values = positional.map((one) => into.compile(one, names));
  const entries = named.map(({ name, value }) => ({ name, run: into.compile(value, names) }));
  return (runtime) => {
    const target = callee(runtime);
    if (!(target instanceof FeelFunction)) {
      return stop('FEEL_WRONG_TYPE', { expected: 'a function to call', found: describe(target) });
    }
    if (named.length === 0)
      return apply(
        target,
        values.map((run) => run(runtime)),
      );
    return apply(target, orderByName(target.parameterNames, entries, runtime));
  };
}

function orderByName(
  parameters: readonly string[],
  entries: readonly { readonly name: string; readonly run: Run }[],
  runtime: Runtime,
): Value[] {
  const values: Value[] = parameters.map(() => null);
  for (const { name, run } of entries) {
    const index = parameters.indexOf(name);
    if (index < 0) {
      const reason = `it has no parameter '${name}'`;
      stop('FEEL_INVALID_ARGUMENT', { function: 'function', reason });
    }
    values[index] = run(runtime);
  }
  return values;
}

function apply(target: FeelFunction, values: Value[]): Value {
  const { parameterNames } = target;
  if (values.length > parameterNames.length && !parameterNames.at(-1)?.startsWith('...')) {
    const reason = `it takes ${parameterNames.length}, and was given ${values.length}`;
    stop('FEEL_INVALID_ARGUMENT', { function: 'function', reason });
  }
  return target.fn(...values);
}

function builtinCall(
  { name, builtin }: { readonly name: string; readonly builtin: Builtin },
  node: Node,
  names: Names,
  into: Compilation,
): Run {
  const given = argumentsOf(node);
  const wrong = misfit(name, builtin, given);
  if (wrong) return refuse(into, node, 'FEEL_REJECTED', { reason: wrong });
  if (given.named.length > 0) return namedBuiltinCall(builtin, given, names, into);
  const refused = builtin.check?.(given.positional.map(literalOf));
  if (refused) {
    into.problems.push({ ...refused, from: node.from, to: node.to });
    return () => {
      throw new FeelFault(refused);
    };
  }
  return callOf(
    builtin,
    given.positional.map((one) => into.compile(one, names)),
  );
}

const literalOf = (node: Node): string | null =>
  node.name === 'StringLiteral' ? literalText(node.text) : null;

function callOf({ call }: Builtin, values: readonly Run[]): Run {
  const [first, second] = values;
  if (first && values.length === 1) return (runtime) => call([first(runtime)], runtime);
  if (first && second && values.length === 2) {
    return (runtime) => call([first(runtime), second(runtime)], runtime);
  }
  return (runtime) =>
    call(
      values.map((run) => run(runtime)),
      runtime,
    );
}

function misfit(
  name: string,
  { parameters, needed }: Builtin,
  { positional, named }: Arguments,
): string | null {
  const given = positional.length + named.length;
  if (given < needed) {
    return `${name}() takes at least ${needed} arguments, and is given ${given}`;
  }
  const repeats = parameters.at(-1)?.startsWith('...');
  if (positional.length > parameters.length && !repeats) {
    return `${name}() takes at most ${parameters.length} arguments, and is given ${positional.length}`;
  }
  const known = parameters.map((one) => one.replace('...', ''));
  const unknown = named.find((one) => !known.includes(one.name));
  return unknown ? `${name}() has no parameter '${unknown.name}'` : null;
}

function namedBuiltinCall(
  builtin: Builtin,
  { named }: Arguments,
  names: Names,
  into: Compilation,
): Run {
  const entries = named.map(({ name, value }) => ({ name, run: into.compile(value, names) }));
  return (runtime) => {
    const values = new Map(entries.map(({ name, run }) => [name, run(runtime)]));
    return builtin.call(positionsOf(builtin.parameters, values), runtime);
  };
}

function positionsOf(parameters: readonly string[], values: ReadonlyMap<string, Value>): Value[] {
  return parameters.flatMap((parameter) => {
    if (!parameter.startsWith('...')) return [values.get(parameter)];
    const rest = values.get(parameter.slice(3));
    return Array.isArray(rest) ? rest : rest === undefined || rest === null ? [] : [rest];
  });
}

/** Functions that look at an argument before it has to have a value. */
const SPECIAL_FORMS: Readonly<Record<string, NodeCompiler>> = {
  'is defined': (node, names, into) => {
    const value = onlyArguments(node, names, into, 1);
    if (!value)
      return refuse(into, node, 'FEEL_REJECTED', { reason: 'is defined() takes one argument' });
    const [first] = value;
    return (runtime) => tolerant(first as Run, runtime, undefined) !== undefined;
  },
  'get or else': (node, names, into) => {
    const values = onlyArguments(node, names, into, 2);
    if (!values)
      return refuse(into, node, 'FEEL_REJECTED', { reason: 'get or else() takes two arguments' });
    const [value, otherwise] = values as [Run, Run];
    return (runtime) => tolerant(value, runtime, null) ?? otherwise(runtime);
  },
};

function onlyArguments(node: Node, names: Names, into: Compilation, count: number): Run[] | null {
  const { positional, named } = argumentsOf(node);
  const given = positional.length > 0 ? positional : named.map(({ value }) => value);
  return given.length === count ? given.map((one) => into.compile(one, names)) : null;
}

/** `function(a, b) a + b`. */
const definition: NodeCompiler = (node, names, into) => functionWithName(node, names, into, null);

/**
 * A function that may call itself by the name in slot `self`. It keeps the local names around it as
 * they are when it is made, and counts how deep its calls nest: `FEEL_TOO_DEEP`.
 */
export function functionWithName(
  node: Node,
  names: Names,
  into: Compilation,
  self: number | null,
): Run {
  if (childNamed(node, 'external')) {
    const facts = { construct: 'an external function', remedy: 'use a service task' };
    return refuse(into, node, 'FEEL_UNSUPPORTED', facts);
  }
  const parameters = parametersOf(node);
  const body = childAt(childNamed(node, 'FunctionBody') ?? node, 0);
  const first = names.nextSlot;
  const run = into.compile(body, parameters.reduce(withLocal, names));
  return (runtime) => {
    const around = runtime.locals.slice(0, first);
    const call = (...values: Value[]): Value => {
      const locals = around.slice();
      for (let index = 0; index < parameters.length; index += 1) {
        locals[first + index] = values[index] ?? null;
      }
      return callBody(runtime, locals, body, run);
    };
    const made = new FeelFunction(call, parameters);
    if (self !== null) around[self] = made;
    return made;
  };
}

function parametersOf(node: Node): string[] {
  const formal = childNamed(node, 'FormalParameters')?.children ?? [];
  return formal
    .filter(({ name }) => name === 'FormalParameter')
    .map((one) => nameOf(childAt(one, 0)));
}

/** What a call costs apart from its body, in steps. */
const CALL_STEPS = 5;

function callBody(runtime: Runtime, locals: Value[], body: Node, run: Run): Value {
  const { locals: outer } = runtime;
  runtime.spend(body.size + CALL_STEPS);
  runtime.calls += 1;
  runtime.depth += body.depth;
  if (runtime.calls > LIMITS.callDepth || runtime.depth > LIMITS.evaluationDepth) {
    stop('FEEL_TOO_DEEP', { limit: LIMITS.callDepth });
  }
  runtime.locals = locals;
  try {
    return run(runtime);
  } finally {
    runtime.locals = outer;
    runtime.calls -= 1;
    runtime.depth -= body.depth;
  }
}

/** `date("…")`, `date and time("…")`, `@"…"`: computed once when their text is a literal. */
const temporalLiteral: NodeCompiler = (node, names, into) => {
  const at = childNamed(node, 'AtLiteral');
  const name = at ? '@' : nameOf(childAt(node, 0));
  const builtin = builtinNamed(name);
  if (!builtin) return refuse(into, node, 'FEEL_UNKNOWN_FUNCTION', { name });
  const literals = at ? at.children : argumentsOf(node).positional;
  const texts = literals.map(literalOf);
  const isLiteral = texts.length > 0 && texts.every((text) => text !== null);
  if (!isLiteral) return builtinCall({ name, builtin }, node, names, into);
  const skipped = texts.find((text) => text?.includes('T') && isInGap(text));
  if (skipped) return refuse(into, node, 'FEEL_WALL_TIME_SKIPPED', { text: skipped });
  return foldedCall(builtin, texts, node, into);
};

function foldedCall(
  builtin: Builtin,
  texts: readonly (string | null)[],
  node: Node,
  into: Compilation,
): Run {
  try {
    return constant(builtin.call(texts, new Runtime(NOWHERE, null, 0)));
  } catch (error) {
    if (!(error instanceof FeelFault)) throw error;
    into.problems.push({ ...error.fault, from: node.from, to: node.to });
    return () => {
      throw error;
    };
  }
}

/** Literals see no variables and no clock. */
const NOWHERE = { at: '1970-01-01T00:00:00.000Z', zone: 'UTC', seed: '', lookup: () => undefined };

/** Compilers of functions by node name. */
export const FUNCTION_NODES: Readonly<Record<string, NodeCompiler>> = {
  DateTimeLiteral: temporalLiteral,
  FunctionDefinition: definition,
  FunctionInvocation: invocation,
};
