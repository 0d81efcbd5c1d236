/** The keys that a format takes somewhere. Class: pure. */
import type * as z from 'zod';

/** What a value at the path of this schema may have for keys, whatever variant of it is meant. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [first, ...rest] = path;
  switch (def.type) {
    case 'object': {
      if (first === undefined) return Object.keys(def.shape);
      const inner = def.shape[String(first)];
      return inner === undefined ? [] : keysAt(inner, rest);
    }
    case 'array':
      return keysAt(def.element, rest);
    case 'record':
      return keysAt(def.valueType, rest);
    case 'union':
      return def.options.flatMap((one) => keysAt(one, path));
    case 'pipe':
      return [...keysAt(def.in, path), ...keysAt(def.out, path)];
    case 'optional':
    case 'nullable':
    case 'default':
      return keysAt(def.innerType, path);
    default:
      return [];
  }
}
