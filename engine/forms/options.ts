/** The options of a select, radio, checklist or tag list: fixed, from a variable, or computed. Class: pure. */
import type { Fault } from '../errors/index.js';
import { isContext, type Json, own, type RawComponent } from '../model/index.js';
import { feelOf, textOf } from './form.js';
import type { View } from './view.js';

/** The values that may be chosen, or why they cannot be computed. */
export function optionsOf(
  raw: RawComponent,
  view: View,
): { readonly values: readonly Json[] } | Fault {
  const feel = feelOf(own(raw, 'valuesExpression'));
  if (feel !== null) {
    const result = view.evaluate(feel);
    return 'code' in result ? result : { values: valuesOf(result.value) };
  }
  const key = textOf(raw, 'valuesKey');
  if (key !== null) return { values: valuesOf(view.given(key.split('.')) ?? null) };
  return { values: valuesOf(own(raw, 'values') ?? null) };
}

/** An option is `{label, value}`, or a plain value that is its own label. */
function valuesOf(options: Json): readonly Json[] {
  if (!Array.isArray(options)) return [];
  return options.map((option) => (isContext(option) ? (own(option, 'value') ?? null) : option));
}
