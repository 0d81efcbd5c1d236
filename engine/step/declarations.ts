/** What a caller may pass: declared variables, their types, names and sizes (D17). */
import { type Fault, fault } from '../errors/index.js';
import type { ExecutableProcess, Json, VariableDeclaration, Variables } from '../model/index.js';

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

/** UTF-8 bytes of a text; a quarter of the bound is checked without counting. */
const byteLength = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const sizeFault = (name: string, value: Json, limit: number): Fault | null => {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return null;
  if (typeof value === 'string' && value.length * 3 + 2 <= limit) return null;
  const text = JSON.stringify(value);
  if (text.length * 3 <= limit) return null;
  const size = byteLength(text);
  return size > limit ? fault('VARIABLE_SIZE', { name, limit, size }) : null;
};

/** Checks variables that come from outside against names, sizes and declared types; null when all fit. */
export function checkVariables(process: ExecutableProcess, variables: Variables): Fault | null {
  for (const [name, value] of Object.entries(variables)) {
    if (RESERVED.has(name)) return fault('VARIABLE_NAME', { name });
    const size = sizeFault(name, value, process.limits.variableBytes);
    if (size !== null) return size;
    const declared = process.variables.find((declaration) => declaration.name === name);
    if (declared === undefined || value === null) continue;
    const { type } = declared;
    if (!IS[type](value)) {
      return fault('VARIABLE_TYPE', { name, type, actual: typeName(value) });
    }
  }
  return null;
}

/** As `checkVariables`; at the start undeclared names are refused and required ones must be there. */
export function checkStartVariables(
  process: ExecutableProcess,
  variables: Variables,
): Fault | null {
  const problem = checkVariables(process, variables);
  if (problem !== null || process.variables.length === 0) return problem;
  for (const name of Object.keys(variables)) {
    const isDeclared = process.variables.some(
      (declaration) => declaration.name === name && declaration.isInternal !== true,
    );
    if (!isDeclared) return fault('VARIABLE_UNDECLARED', { name });
  }
  for (const { name, type, isRequired } of process.variables) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (isRequired && (value === undefined || value === null)) {
      return fault('VARIABLE_MISSING', { name, type });
    }
  }
  return null;
}
