/** The options of a select, radio, checklist or tag list: fixed, from a variable, or computed. Class: pure. */
import type { Fault } from '../errors/index.js';
import { isContext, type Json, own, type RawComponent } from '../model/index.js';
import { feelOf, textOf } from './form.js';
import type { View } from './view.js';

/** One option. */
export interface Option {
  readonly value: Json;
  /** Null: the value is its own label. */
  readonly label: string | null;
}

/** The values that may be chosen, or why they cannot be computed. */
export function optionsOf(
  raw: RawComponent,
  view: View,
): { readonly values: readonly Json[] } | Fault {
  const found = choicesOf(raw, view);
  return 'code' in found ? found : { values: found.choices.map(({ value }) => value) };
}

/** The options with their labels, or why they cannot be computed. */
export function choicesOf(
  raw: RawComponent,
  view: View,
): { readonly choices: readonly Option[] } | Fault {
  const feel = feelOf(own(raw, 'valuesExpression'));
  if (feel !== null) {
    const result = view.evaluate(feel);
    return 'code' in result ? result : { choices: choicesIn(result.value) };
  }
  const key = textOf(raw, 'valuesKey');
  if (key !== null) return { choices: choicesIn(view.given(key.split('.')) ?? null) };
  return { choices: choicesIn(own(raw, 'values') ?? null) };
}

/** An option is `{label, value}`, or a plain value that is its own label. */
function choicesIn(options: Json): readonly Option[] {
  if (!Array.isArray(options)) return [];
  return options.map((option) =>
    isContext(option)
      ? { value: own(option, 'value') ?? null, label: textOf(option, 'label') }
      : { value: option, label: null },
  );
}
