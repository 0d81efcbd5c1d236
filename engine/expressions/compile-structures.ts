/** Names, lists, contexts, paths and filters. Source: DMN 1.5 §10.3.2.4–10.3.2.6. */

import { builtinNamed } from './builtins.js';
import { functionWithName } from './compile-functions.js';
import { stop } from './fault.js';
import { FeelFunction, FeelRange } from './feelin.js';
import { meaningOf, type Names, withFiltered, withLocal } from './names.js';
import {
  type Compilation,
  childAt,
  childNamed,
  constant,
  type NodeCompiler,
  nameOf,
  refuse,
} from './nodes.js';
import { includes } from './operators.js';
import type { Run, Runtime, Value } from './runtime.js';
import { literalText } from './string-literal.js';
import { tolerant } from './tolerance.js';
import type { Node } from './tree.js';
import { describe, entryOf, isContext } from './values.js';

/** A variable: a local name, an entry of a filtered item, a variable of the scope, or a built-in. */
const variable: NodeCompiler = (node, names, into) => {
  const name = nameOf(node);
  const { filtered, slot } = meaningOf(names, name);
  if (name === 'item' && filtered.length > 0) return amongItems(filtered, name, constant(null));
  const outer = slot === null ? ofScope(name, into) : local(slot);
  if (slot === null && filtered.length === 0 && !builtinNamed(name)) into.certain.add(name);
  return filtered.length === 0 ? outer : amongItems(filtered, name, outer);
};

const local =
  (slot: number): Run =>
  (runtime) =>
    runtime.locals[slot];

function ofScope(name: string, into: Compilation): Run {
  const builtin = builtinNamed(name);
  if (!builtin) into.variables.add(name);
  return (runtime) => {
    const value = runtime.scope.lookup(name);
    if (value !== undefined) return value;
    if (!builtin) return stop('FEEL_UNKNOWN_VARIABLE', { name });
    const call = (...args: unknown[]): Value => builtin.call(args, runtime);
    return new FeelFunction(call, [...builtin.parameters]);
  };
}

function amongItems(filtered: readonly number[], name: string, outer: Run): Run {
  return (runtime) => {
    for (const slot of filtered) {
      const item = runtime.locals[slot];
      if (isContext(item)) {
        const entry = entryOf(item, name);
        if (entry !== undefined) return entry;
      }
      if (name === 'item') return item;
    }
    return outer(runtime);
  };
}

const list: NodeCompiler = (node, names, into) => {
  const items = node.children.slice(1, -1).map((child) => into.compile(child, names));
  return (runtime) => {
    const { length } = items;
    const values: Value[] = new Array(length);
    for (let index = 0; index < length; index += 1) values[index] = items[index]?.(runtime);
    return values;
  };
};

/** `{a: 1, b: a}`: each entry sees those before it; a function sees itself too. */
const context: NodeCompiler = (node, outer, into) => {
  let names = outer;
  const entries: { readonly key: string; readonly slot: number; readonly run: Run }[] = [];
  for (const child of node.children.slice(1, -1)) {
    const key = keyOf(childAt(child, 0));
    const value = childAt(child, 1);
    const slot = names.nextSlot;
    const inner = withLocal(names, key);
    const isFunction = value.name === 'FunctionDefinition';
    const run = isFunction
      ? functionWithName(value, inner, into, slot)
      : into.compile(value, { ...names, nextSlot: inner.nextSlot });
    entries.push({ key, slot, run });
    names = inner;
  }
  if (entries.some(({ key }) => key === '__proto__')) {
    const facts = { construct: "an entry named '__proto__'", remedy: 'choose another name' };
    return refuse(into, node, 'FEEL_UNSUPPORTED', facts);
  }
  return (runtime) => {
    const result: Record<string, Value> = {};
    for (const { key, slot, run } of entries) {
      const value = run(runtime);
      runtime.locals[slot] = value;
      result[key] = value;
    }
    return result;
  };
};

function keyOf(node: Node): string {
  const literal = childNamed(node, 'StringLiteral');
  return literal ? literalText(literal.text) : nameOf(node);
}

const path: NodeCompiler = (node, names, into) => {
  const target = into.compile(childAt(node, 0), names);
  const name = nameOf(childAt(node, 2));
  return (runtime) => {
    const value = target(runtime);
    return Array.isArray(value) ? entriesOf(runtime, value, name) : propertyOf(value, name);
  };
};

function entriesOf(runtime: Runtime, items: readonly Value[], name: string): Value {
  runtime.spendList(items.length);
  return items.map((item) => propertyOf(item, name));
}

function propertyOf(value: Value, name: string): Value {
  const entry = entryOf(value, name);
  if (entry === undefined) stop('FEEL_UNKNOWN_ENTRY', { target: describe(value), name });
  return entry;
}

/** `list[2]`, `list[-1]`, `list[price > 5]`: by position, or the items for which the filter holds. */
const filter: NodeCompiler = (node, names, into) => {
  const target = into.compile(childAt(node, 0), names);
  const condition = childAt(node, 2);
  if (isNumberForCertain(condition)) return atIndex(target, into.compile(condition, names));
  const outside = uncertainly(into, () => into.compile(condition, outsideOf(names)));
  const inner = withFiltered(names);
  const holds = into.compile(condition, inner);
  const { size } = condition;
  const slot = inner.nextSlot - 1;
  return filtered(target, { outside, holds, slot, size, mayBeIndex: mayBeIndex(condition) });
};

/** Compiles what may be read of an item instead: no name in it is certainly a variable. */
function uncertainly({ certain }: Compilation, compile: () => Run): Run {
  const before = [...certain];
  const run = compile();
  certain.clear();
  for (const name of before) certain.add(name);
  return run;
}

const isNumberForCertain = (node: Node): boolean =>
  node.name === 'NumericLiteral' ||
  (node.name === 'ArithmeticExpression' && node.children.every(isNumberOrOperator));

const isNumberOrOperator = (node: Node): boolean =>
  node.name === 'ArithOp' || isNumberForCertain(node);

/** Comparisons and the like are conditions by their form; anything else may turn out a number. */
function mayBeIndex(node: Node): boolean {
  if (node.name === 'ParenthesizedExpression') return mayBeIndex(childAt(node, 1));
  return !CONDITIONS.has(node.name);
}

const CONDITIONS: ReadonlySet<string> = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'InstanceOfExpression',
  'QuantifiedExpression',
  'SimplePositiveUnaryTest',
]);

function atIndex(target: Run, index: Run): Run {
  return (runtime) => {
    const items = target(runtime);
    return items === null ? null : itemAt(asList(items), index(runtime) as number);
  };
}

const asList = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value]);

function itemAt(items: readonly Value[], index: number): Value {
  return items[index < 0 ? items.length + index : index - 1] ?? null;
}

/** Around a filter `item` is no variable: asking for it there only says that this is no index. */
const outsideOf = (names: Names): Names => withLocal(names, 'item');

interface Filter {
  /** The condition as seen from around the filter: an index is computed there. */
  readonly outside: Run;
  readonly holds: Run;
  readonly slot: number;
  readonly size: number;
  readonly mayBeIndex: boolean;
}

function filtered(target: Run, { outside, holds, slot, size, mayBeIndex }: Filter): Run {
  return (runtime) => {
    const value = target(runtime);
    if (value === null) return null;
    const items = asList(value);
    if (mayBeIndex) {
      const index = tolerant(outside, runtime, undefined);
      if (typeof index === 'number') return itemAt(items, index);
    }
    runtime.spendList(items.length);
    return items.filter((item) => {
      runtime.spend(size);
      runtime.locals[slot] = item;
      return isKept(runtime, holds(runtime), item);
    });
  };
}

function isKept(runtime: Runtime, verdict: Value, item: Value): boolean {
  if (typeof verdict === 'boolean' || verdict === null) return verdict === true;
  if (verdict instanceof FeelRange) return includes(runtime, verdict, item) === true;
  return stop('FEEL_WRONG_TYPE', {
    expected: 'a boolean or an index in [ ]',
    found: describe(verdict),
  });
}

/** Compilers of names and structures by node name. */
export const STRUCTURE_NODES: Readonly<Record<string, NodeCompiler>> = {
  Context: context,
  FilterExpression: filter,
  List: list,
  PathExpression: path,
  VariableName: variable,
};
