/** Boxed contexts as FEEL text, so that dates keep their type from entry to entry. Class: pure. */

/** An entry of a boxed context; the last may have no name: then it is the result. */
export interface BoxedEntry {
  readonly name: string | null;
  readonly feel: string;
}

/** One expression for a boxed context. Source: DMN 1.3 §10.2.1.4. */
export function contextExpression(entries: readonly BoxedEntry[]): string {
  const result = entries.find(({ name }) => name === null);
  const key = resultName(entries);
  const body = entries.map(({ name, feel }) => `${JSON.stringify(name ?? key)}: ${enclosed(feel)}`);
  return `{${body.join(', ')}}${result ? `.${key}` : ''}`;
}

/** One expression for a boxed list. Source: DMN 1.3 §10.2.1.5. */
export function listExpression(items: readonly string[]): string {
  return `[${items.map(enclosed).join(', ')}]`;
}

/** An expression in brackets; the line end closes a comment. */
function enclosed(feel: string): string {
  return `(${feel}\n)`;
}

function resultName(entries: readonly BoxedEntry[]): string {
  const names = new Set(entries.map(({ name }) => name));
  let name = 'result';
  while (names.has(name)) name += '_';
  return name;
}
