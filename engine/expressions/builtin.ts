import type { Fault } from '../errors/index.js';
import { stop } from './fault.js';
import type { Runtime, Value } from './runtime.js';
import { describe } from './values.js';

/** A function of FEEL that every expression can call. */
export interface Builtin {
  /** Names of its parameters in order; `...` marks a last one that repeats. */
  readonly parameters: readonly string[];
  /** How many arguments it cannot do without. */
  readonly needed: number;
  /** An argument that is not given is undefined. */
  readonly call: (args: readonly Value[], runtime: Runtime) => Value;
  /** What can be told from arguments that are string literals; null for the others. */
  readonly check?: (literals: readonly (string | null)[]) => Fault | null;
}

/** A table of built-ins by name. */
export type Builtins = Readonly<Record<string, Builtin>>;

/** Makes a built-in. It needs all its arguments, but for those that repeat, unless `needed` says less. */
export function builtin(
  parameters: readonly string[],
  call: Builtin['call'],
  more: { readonly needed?: number; readonly check?: Builtin['check'] } = {},
): Builtin {
  const { needed = parameters.filter((name) => !name.startsWith('...')).length, check } = more;
  return { parameters, needed, call, ...(check && { check }) };
}

/** Stops with `FEEL_INVALID_ARGUMENT`. */
export function invalid(name: string, reason: string): never {
  return stop('FEEL_INVALID_ARGUMENT', { function: name, reason });
}

/** The argument as a string; a list of one string counts as it. Errors: `FEEL_INVALID_ARGUMENT`. */
export function text(name: string, value: Value): string {
  const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
  return typeof only === 'string' ? only : invalid(name, `${describe(value)} is no string`);
}

/** The argument as a number. Errors: `FEEL_INVALID_ARGUMENT`. */
export function numeric(name: string, value: Value): number {
  return typeof value === 'number' ? value : invalid(name, `${describe(value)} is no number`);
}

/** The argument as a whole number. Errors: `FEEL_INVALID_ARGUMENT`. */
export function whole(name: string, value: Value): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  return invalid(name, `${describe(value)} is no whole number`);
}

/** Whether an argument is null or is not given. */
export const isNull = (value: Value): value is null | undefined =>
  value === null || value === undefined;

/** The argument as a list: null is none, any other single value is a list of it. */
export function listOf(name: string, value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? invalid(name, 'null is no list') : [value];
}

/** The arguments of a function that takes a list or its items. */
export function spread(args: readonly Value[]): readonly Value[] {
  const [only] = args;
  return args.length === 1 && Array.isArray(only) ? only : args;
}
