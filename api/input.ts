/** What is sent and answered, by its schema. Class: pure. */
import type { z } from 'zod';
import { Problem } from './problem.js';

/** No text of a database holds it; bodies were read without, what is asked in an address was not read yet. */
const NUL = '\0';

/** What was sent. Errors: `UNKNOWN_PROPERTY`, `INPUT_INVALID`; neither repeats a value. */
export function inputOf<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const odd = Object.entries(Object(value)).find(
    ([, text]) => typeof text === 'string' && text.includes(NUL),
  );
  if (odd) throw new Problem('INPUT_INVALID', { detail: `${odd[0]} holds U+0000` });
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const { issues } = read.error;
  const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
  if (unknown && 'keys' in unknown)
    throw new Problem('UNKNOWN_PROPERTY', { detail: named(unknown.keys) });
  const [first] = issues;
  const where = first?.path.map(String).join('.') || 'the body';
  throw new Problem('INPUT_INVALID', { detail: `${where} does not fit: ${first?.message ?? ''}` });
}

const SHOWN = 5;

function named(keys: readonly string[]): string {
  const shown = keys.slice(0, SHOWN).map((key) => `'${key.slice(0, 40)}'`);
  return `it has ${shown.join(', ')}${keys.length > SHOWN ? ' and more' : ''}`;
}

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** An id of the address. What can be nobody's id is answered as one that nobody has. Errors: `NOT_FOUND`. */
export function idIn({ params }: { readonly params: unknown }, name: string): string {
  const id = (params as Readonly<Record<string, string>>)[name] ?? '';
  if (!ID.test(id)) throw new Problem('NOT_FOUND');
  return id;
}

/** What is answered: nothing leaves that the schema does not name. */
export function answerOf<T extends z.ZodType>(schema: T, value: z.input<T>): z.output<T> {
  return schema.parse(value);
}
