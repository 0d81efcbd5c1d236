/** Fields of a form, as a table of questions and answers shows them. Class: pure. */
import type { Json } from '../../../engine/model/index.js';

/** A field that holds a value. */
export interface ShownField {
  readonly key: string;
  readonly label: string;
  /** Value → label, of a choice. */
  readonly options: ReadonlyMap<string, string>;
}

/** All of a form, those of groups as well. */
export function fieldsOf(schema: Json, locale: string): readonly ShownField[] {
  const { components } = Object(schema) as { readonly components?: unknown };
  return (Array.isArray(components) ? components : []).flatMap((one): readonly ShownField[] => {
    const { key, label, components: inner, values, properties } = Object(one) as Component;
    if (Array.isArray(inner)) return fieldsOf(one as Json, locale);
    if (typeof key !== 'string') return [];
    const translated = properties?.[`label:${locale}`];
    const options = (Array.isArray(values) ? values : []).map((option) => {
      const { value, label: name } = Object(option) as Option;
      const said = properties?.[`option:${String(value)}:${locale}`];
      return [String(value), String(said ?? name ?? value)] as const;
    });
    const shown = [translated, label].find((text) => typeof text === 'string' && text !== '');
    const name = key.split('.')[0] ?? key;
    return [{ key: name, label: String(shown ?? key), options: new Map(options) }];
  });
}

interface Component {
  readonly key?: unknown;
  readonly label?: unknown;
  readonly components?: unknown;
  readonly values?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Option {
  readonly value?: unknown;
  readonly label?: unknown;
}

/** A value as people read it. */
export function textOf(value: Json, options: ReadonlyMap<string, string>): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return value.map((one) => textOf(one, options)).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return options.get(String(value)) ?? String(value);
}
