/** Answers to a form that somebody can begin with: what is there, else what may be chosen, else a place to write. Class: pure. */
import type { FieldRow } from '../contracts/control.js';

/** Fields that take any number of their options. */
const OF_SEVERAL: readonly string[] = ['checklist', 'taglist'];
/** Stands where a person has to write. */
const TO_WRITE = '…';

/** Something for each field that has to be answered, by its path. Items of lists are left out: how many there are is not known. */
export function suggestedAnswers(fields: readonly FieldRow[]): Readonly<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const field of fields) {
    const isAsked = field.isRequired && !field.isReadOnly && field.isShown !== false;
    if (isAsked && !field.key.includes('[]')) put(answers, field.key.split('.'), answerTo(field));
  }
  return answers;
}

function answerTo({ value, options, type }: FieldRow): unknown {
  if (value !== null && value !== undefined && fits(value, options)) return value;
  if (options[0] !== undefined) {
    return OF_SEVERAL.includes(type) ? [options[0].value] : options[0].value;
  }
  if (type === 'number') return 1;
  return type === 'checkbox' ? true : TO_WRITE;
}

/** What is there may be of another question that had the same name. */
const fits = (value: unknown, options: FieldRow['options']): boolean =>
  options.length === 0 ||
  [value].flat().every((one) => options.some((option) => option.value === one));

function put(
  into: Record<string, unknown>,
  [first = '', ...rest]: readonly string[],
  value: unknown,
) {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = { ...((into[first] as Record<string, unknown>) ?? {}) };
  put(inner, rest, value);
  into[first] = inner;
}
