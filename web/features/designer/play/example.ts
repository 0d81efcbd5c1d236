/** Forms of a draft, and values with which one can be sent. Class: pure. */
import type { Json, RawComponent, Variables } from '../../../../engine/model/index.js';

/** The form of that id; null: there is none, or it cannot be read. */
export function formIn(texts: Readonly<Record<string, string>>, id: string): RawComponent | null {
  for (const [path, text] of Object.entries(texts)) {
    if (!path.endsWith('.form')) continue;
    try {
      const schema = JSON.parse(text) as RawComponent;
      if (schema.id === id) return schema;
    } catch {
      // What cannot be read is told among the problems.
    }
  }
  return null;
}

/** A value for each field of it that has none; in a list nothing is put. */
export function exampleIn(schema: RawComponent, given: Variables): Record<string, Json> {
  const values: Record<string, Json> = {};
  const put = ({ key, type, components, ...more }: RawComponent): void => {
    if (typeof key === 'string' && !key.includes('.') && (given[key] ?? null) === null) {
      const value = sampleOf(String(type), more);
      if (value !== null) values[key] = value;
    }
    if (type !== 'dynamiclist' && Array.isArray(components)) {
      for (const one of components) put(one as RawComponent);
    }
  };
  put(schema);
  return values;
}

function sampleOf(type: string, { values, validate, subtype }: Omit<RawComponent, 'key'>): Json {
  const [first] = Array.isArray(values) ? (values as readonly { readonly value?: Json }[]) : [];
  const { min, validationType } = (validate ?? {}) as { min?: number; validationType?: string };
  switch (type) {
    case 'textfield':
      return validationType === 'email' ? 'ana@aurora.example' : 'Example';
    case 'textarea':
      return 'Example';
    case 'number':
      return min ?? 1;
    case 'checkbox':
      return true;
    case 'radio':
    case 'select':
      return first?.value ?? null;
    case 'checklist':
    case 'taglist':
      return first?.value === undefined ? null : [first.value];
    case 'datetime':
      return subtype === 'time'
        ? '09:00'
        : subtype === 'datetime'
          ? '2026-03-02T09:00'
          : '2026-03-02';
    default:
      return null;
  }
}
