/** Where values are in what a schema describes, and how they are taken out of it. Class: pure. */
import type { z } from 'zod';
import { MARKS, type Mark } from '../../contracts/values.js';

/** Where values are within something: it is one, or its properties, or each of its parts, hold some. */
export type Plan =
  | { readonly mark: Mark }
  | { readonly properties: ReadonlyMap<string, Plan>; readonly each: Plan | null };

/** Parts of a definition of zod's that schemas may be in. */
interface Definition {
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly out?: z.ZodType;
  readonly getter?: () => z.ZodType;
}

const plans = new WeakMap<z.ZodType, Plan | null>();

/** Where a schema has values; null: nowhere. */
export function planOf(schema: z.ZodType): Plan | null {
  const known = plans.get(schema);
  if (known !== undefined) return known;
  // What is within itself is looked at once.
  plans.set(schema, null);
  const plan = planned(schema);
  plans.set(schema, plan);
  return plan;
}

function planned(schema: z.ZodType): Plan | null {
  const mark = MARKS.get(schema);
  if (mark) return { mark };
  const definition = schema.def as Definition;
  const { shape, element, valueType, options = [], innerType, out, getter } = definition;
  const properties = Object.entries(shape ?? {}).flatMap(([name, one]) => {
    const plan = planOf(one);
    return plan ? [[name, plan] as const] : [];
  });
  const each = [element, valueType].map((one) => one && planOf(one)).find(Boolean) ?? null;
  const own: Plan | null =
    properties.length > 0 || each ? { properties: new Map(properties), each } : null;
  const inner = [...options, innerType, out, getter?.()].map((one) => one && planOf(one));
  return [own, ...inner].reduce<Plan | null>((one, other) => merged(one, other ?? null), null);
}

function merged(one: Plan | null, other: Plan | null): Plan | null {
  if (!one || !other) return one ?? other;
  if ('mark' in one) return one;
  if ('mark' in other) return other;
  const names = new Set([...one.properties.keys(), ...other.properties.keys()]);
  const properties = Array.from(names, (name) => {
    const both = merged(one.properties.get(name) ?? null, other.properties.get(name) ?? null);
    return [name, both as Plan] as const;
  });
  return { properties: new Map(properties), each: merged(one.each, other.each) };
}

/** A value that was met, and the key of the instance that it is of; null: nothing around it says which. */
export type Visit = (mark: Mark, value: unknown, instanceKey: string | null) => unknown;

/** What is there, with each value as a visit gives it back. Nothing and what is empty is no value. */
export function visited(plan: Plan, within: unknown, key: string | null, visit: Visit): unknown {
  if (isNothing(within)) return within;
  if ('mark' in plan) {
    const { isTold, mask } = plan.mark;
    return isTold || mask(within) !== within ? visit(plan.mark, within, key) : within;
  }
  const { properties, each } = plan;
  if (Array.isArray(within)) {
    return each ? within.map((part) => visited(each, part, key, visit)) : within;
  }
  if (typeof within !== 'object') return within;
  const own = (within as { readonly processInstanceKey?: unknown }).processInstanceKey;
  const around = typeof own === 'string' ? own : key;
  return Object.fromEntries(
    Object.entries(within as object).map(([name, part]) => {
      const there = properties.get(name) ?? each;
      return [name, there ? visited(there, part, around, visit) : part];
    }),
  );
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'object' && Object.keys(value).length === 0);
