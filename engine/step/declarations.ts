/** What a caller may pass: declared variables, their types, names and sizes (D17). */
import { type Fault, fault } from '../errors/index.js';
import {
  type ElementInstance,
  type ExecutableProcess,
  type Json,
  own,
  type ProcessLimits,
  type StartEvent,
  type VariableDeclaration,
  type Variables,
} from '../model/index.js';
import { measure, measureAll, measureEntry } from './payloads.js';
import type { Run } from './run.js';
import { lookup, ownerOf } from './variables.js';

type Type = VariableDeclaration['type'];

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const IS: { readonly [T in Type]: (value: Json) => boolean } = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  context: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  date: (value) => typeof value === 'string' && DATE.test(value),
  instant: (value) => typeof value === 'string' && INSTANT.test(value),
  any: () => true,
};

const RESERVED: ReadonlySet<string> = new Set(['', '__proto__', 'constructor', 'prototype']);

const typeName = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;

/** Checks variables that come from outside, whoever will take them, against names and sizes; null when all fit. */
export function checkSizes(
  variables: Variables,
  { variableBytes, processBytes }: ProcessLimits,
): Fault | null {
  let total = 0;
  for (const [name, value] of Object.entries(variables)) {
    if (RESERVED.has(name)) return fault('VARIABLE_NAME', { name });
    const size = measure(value);
    if (size > variableBytes) return fault('VARIABLE_SIZE', { name, limit: variableBytes, size });
    total += measureEntry(name, value);
    if (total > processBytes) return totalFault(processBytes, total);
  }
  return null;
}

/** As `checkSizes`, and against the types that the process declares. */
export function checkVariables(process: ExecutableProcess, variables: Variables): Fault | null {
  const problem = checkSizes(variables, process.limits);
  if (problem !== null) return problem;
  for (const [name, value] of Object.entries(variables)) {
    const declared = process.variables.find((declaration) => declaration.name === name);
    if (declared === undefined || value === null) continue;
    const { type } = declared;
    if (!IS[type](value)) {
      return fault('VARIABLE_TYPE', { name, type, actual: typeName(value) });
    }
  }
  return null;
}

const totalFault = (limit: number, size: number): Fault => fault('VARIABLES_SIZE', { limit, size });

/**
 * As `checkVariables`; and what is written by them, from `from` outwards, may not make the variables of the process
 * larger than they may be. To make them smaller is always possible.
 */
export function checkWritten(run: Run, from: ElementInstance, variables: Variables): Fault | null {
  const { process, state } = run;
  const problem = checkVariables(process, variables);
  const before = state.rootId === null ? undefined : state.variables[state.rootId];
  if (problem !== null || before === undefined) return problem;
  let growth = 0;
  for (const [name, value] of Object.entries(variables)) {
    if (ownerOf(run, from, name).id !== state.rootId) continue;
    const old = own(before, name);
    growth += measureEntry(name, value) - (old === undefined ? 0 : measureEntry(name, old));
  }
  if (growth <= 0) return null;
  const size = measureAll(before) + growth;
  return size > process.limits.processBytes ? totalFault(process.limits.processBytes, size) : null;
}

/**
 * Names that people send and nobody knows: neither declared, nor of a variable in sight, nor asked for. A process that
 * declares nothing takes any.
 */
export function checkNames(
  run: Run,
  from: ElementInstance,
  variables: Variables,
  asked: readonly string[] = [],
): Fault | null {
  const { variables: declared } = run.process;
  if (declared.length === 0) return null;
  const isKnown = (name: string): boolean =>
    asked.includes(name) ||
    declared.some((declaration) => declaration.name === name) ||
    lookup(run, from, name) !== undefined;
  const unknown = Object.keys(variables).find((name) => !isKnown(name));
  return unknown === undefined ? null : fault('VARIABLE_UNDECLARED', { name: unknown });
}

/** As `checkWritten`, for the result of an activation: mappings choose what of it is written. */
export function checkResult(run: Run, instance: ElementInstance, result: Variables): Fault | null {
  const { outputs } = run.node(instance.elementId);
  return outputs.length > 0
    ? checkVariables(run.process, result)
    : checkWritten(run, instance, result);
}

/** Whether a start may bring a variable of this name. */
const isDeclared = (process: ExecutableProcess, name: string): boolean =>
  process.variables.some(
    (declaration) => declaration.name === name && declaration.isInternal !== true,
  );

/** What a start brings, without what a call passes on only because it sees it and this process does not declare (S78). */
export function withoutUndeclared(
  process: ExecutableProcess,
  { variables, mapped }: StartEvent,
): Variables {
  if (mapped === undefined || process.variables.length === 0) return variables;
  const names = Object.keys(variables);
  const kept = names.filter((name) => mapped.includes(name) || isDeclared(process, name));
  return Object.fromEntries(kept.map((name) => [name, variables[name] as Json]));
}

/** As `checkVariables`; at the start undeclared names are refused and required ones must be there. */
export function checkStartVariables(
  process: ExecutableProcess,
  variables: Variables,
): Fault | null {
  const problem = checkVariables(process, variables);
  if (problem !== null || process.variables.length === 0) return problem;
  for (const name of Object.keys(variables)) {
    if (!isDeclared(process, name)) return fault('VARIABLE_UNDECLARED', { name });
  }
  for (const { name, type, isRequired } of process.variables) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (isRequired && (value === undefined || value === null)) {
      return fault('VARIABLE_MISSING', { name, type });
    }
  }
  return null;
}
