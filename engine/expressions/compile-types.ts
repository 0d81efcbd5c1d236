/** `instance of`. Source: DMN 1.5 §10.3.2.9. */
import { FeelDuration } from './feelin.js';
import {
  type Compilation,
  childAt,
  childNamed,
  type NodeCompiler,
  nameOf,
  refuse,
} from './nodes.js';
import type { Value } from './runtime.js';
import type { Node } from './tree.js';
import { isContext, typeOf } from './values.js';

type Check = (value: Value) => boolean;

const NAMED_TYPES: Readonly<Record<string, Check>> = {
  Any: (value) => value !== null,
  Null: (value) => value === null,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => typeOf(value) === 'date',
  time: (value) => typeOf(value) === 'time',
  'date and time': (value) => typeOf(value) === 'date and time',
  duration: (value) => value instanceof FeelDuration,
  'days and time duration': (value) => value instanceof FeelDuration && !value.yearsMonths,
  'years and months duration': (value) => value instanceof FeelDuration && value.yearsMonths,
  context: isContext,
  list: (value) => Array.isArray(value),
  range: (value) => typeOf(value) === 'range',
  function: (value) => typeOf(value) === 'function',
};

function checkOf(node: Node, into: Compilation): Check {
  const inner = node.name === 'Type' ? childAt(node, 0) : node;
  if (inner.name === 'ListType') return listCheck(inner, into);
  if (inner.name === 'ContextType') return contextCheck(inner, into);
  if (inner.name === 'FunctionType') return (value) => typeOf(value) === 'function';
  const check = NAMED_TYPES[nameOf(inner)];
  if (check) return check;
  const facts = { construct: `the type '${nameOf(inner)}'`, remedy: 'name a type of FEEL' };
  refuse(into, inner, 'FEEL_UNSUPPORTED', facts);
  return () => false;
}

function listCheck(node: Node, into: Compilation): Check {
  const element = childNamed(node, 'Type');
  const holds = element ? checkOf(element, into) : () => true;
  return (value) => Array.isArray(value) && value.every(holds);
}

function contextCheck(node: Node, into: Compilation): Check {
  const entries = (childNamed(node, 'ContextEntryTypes')?.children ?? [])
    .filter(({ name }) => name === 'ContextEntryType')
    .map((entry) => ({ key: nameOf(childAt(entry, 0)), holds: checkOf(childAt(entry, -1), into) }));
  return (value) =>
    isContext(value) &&
    entries.every(({ key, holds }) => Object.hasOwn(value, key) && holds(value[key]));
}

const instanceOf: NodeCompiler = (node, names, into) => {
  const value = into.compile(childAt(node, 0), names);
  const type = childAt(node, -1);
  const holds = checkOf(type, into);
  return (runtime) => {
    const subject = value(runtime);
    if (Array.isArray(subject)) runtime.spend(subject.length * type.size);
    return holds(subject);
  };
};

/** Compilers of type tests by node name. */
export const TYPE_NODES: Readonly<Record<string, NodeCompiler>> = {
  InstanceOfExpression: instanceOf,
};
