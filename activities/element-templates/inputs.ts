/** The inputs that a schema has, as a designer sees them. Class: pure. */
import * as z from 'zod';

/** One input. */
export interface Input {
  readonly name: string;
  readonly isRequired: boolean;
  /** What may be chosen; null: anything of its type. */
  readonly choices: readonly (string | number | boolean)[] | null;
  /** In words. */
  readonly type: string;
}

/** JSON Schema, as far as it is read here. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly items?: Schema;
  readonly format?: string;
}

/** The variables that an input schema reads, in their order; of alternatives, all, and those of each are required. */
export function inputsOf(schema: z.ZodType): readonly Input[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const { properties, required } = gathered(json);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    isRequired: required.has(name),
    choices: choicesOf(property),
    type: typeOf(property),
  }));
}

interface Gathered {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: ReadonlySet<string>;
}

function gathered(schema: Schema): Gathered {
  const all = (schema.allOf ?? []).map(gathered);
  const either = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(gathered);
  const own = schema.properties ?? {};
  const properties = Object.assign({}, ...[...all, ...either].map((one) => one.properties), own);
  const [first, ...others] = either.map(({ required }) => required);
  const common = [...(first ?? [])].filter((name) => others.every((one) => one.has(name)));
  const required = [
    ...(schema.required ?? []),
    ...all.flatMap((one) => [...one.required]),
    ...common,
  ];
  return { properties, required: new Set(required) };
}

/** Null among the choices means that it may be left out. */
function choicesOf({ enum: all, const: one, anyOf, type }: Schema): Input['choices'] {
  if (type === 'boolean') return [true, false];
  if (all) return all.filter((value) => value !== null);
  if (one !== undefined && one !== null) return [one];
  if (!anyOf) return null;
  const real = anyOf.filter((part) => part.type !== 'null');
  const [single] = real;
  return real.length === 1 && single ? choicesOf(single) : null;
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a context',
  string: 'a text',
};

function typeOf(schema: Schema): string {
  const parts = (schema.anyOf ?? schema.oneOf ?? [schema]).filter(({ type }) => type !== 'null');
  const types = new Set(parts.map(({ type }) => TYPES[type ?? ''] ?? 'any value'));
  return [...types].join(' or ');
}
