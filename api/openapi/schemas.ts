/** Schemas of zod as OpenAPI has them: those with a name stand once, among the components. Source: OpenAPI 3.1.1 §4.8.24. Class: pure. */
import { z } from 'zod';

/** A schema as JSON Schema 2020-12 writes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns schemas into JSON, and gathers what they share. */
export interface Schemas {
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** @param io - what is sent may leave out what has a default; what is answered has it */
  readonly of: (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;
}

/** Begins with none. */
export function createSchemas(): Schemas {
  const components: Record<string, JsonSchema> = {};
  const place = (name: string, schema: JsonSchema, io: string): string => {
    const wanted = name.startsWith('__') ? 'Any' : name;
    const names = [wanted, `${wanted}${io === 'input' ? 'Input' : 'Output'}`];
    for (let count = 2; ; count += 1) {
      const free = names.shift() ?? `${wanted}${count}`;
      const written = renamed(schema, new Map([[name, free]]));
      const there = components[free];
      if (there && JSON.stringify(there) !== JSON.stringify(written)) continue;
      components[free] = written;
      return free;
    }
  };
  const of: Schemas['of'] = (schema, io) => {
    const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: plainer });
    const { $schema: _dialect, $defs = {}, ...root } = made;
    const names = new Map<string, string>();
    for (const [name, definition] of innermostFirst($defs as Record<string, JsonSchema>)) {
      names.set(name, place(name, renamed(definition, names), io));
    }
    return renamed(root, names);
  };
  return { components, of };
}

/** Limits that every whole number has, and patterns that a format says better, only make it hard to read. */
function plainer({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

const REF = '#/$defs/';

/** So that what others lean on has its name already. */
function innermostFirst(
  definitions: Readonly<Record<string, JsonSchema>>,
): readonly (readonly [string, JsonSchema])[] {
  const done = new Map<string, JsonSchema>();
  const visit = (name: string, above: readonly string[]): void => {
    const definition = definitions[name];
    if (!definition || done.has(name) || above.includes(name)) return;
    for (const [, inner] of JSON.stringify(definition).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      visit(inner ?? '', [...above, name]);
    }
    done.set(name, definition);
  };
  for (const name of Object.keys(definitions)) visit(name, []);
  return [...done];
}

/** The same with references to components. */
function renamed<T>(schema: T, names: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(schema), (key: string, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string' || !value.startsWith(REF)) return value;
    const name = names.get(value.slice(REF.length));
    return name === undefined ? value : `#/components/schemas/${name}`;
  }) as T;
}
