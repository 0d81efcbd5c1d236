/** Types of inputs: those of FEEL, their older names, and what the file defines. Class: pure. */
import type { DecisionType } from '../../model/index.js';
import type { DmnItemDefinition } from './model.js';

/** A type as far as it is checked, and the values that its definition allows. */
export interface InputType {
  readonly type: DecisionType | null;
  readonly allowed: DmnItemDefinition | null;
}

const NAMED: ReadonlyMap<string, DecisionType | null> = new Map<string, DecisionType | null>([
  ['any', null],
  ['context', null],
  ['list', null],
  ['number', 'number'],
  ['integer', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['string', 'string'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ['datetime', 'date and time'],
  ['date and time', 'date and time'],
  ['duration', 'duration'],
  ['daytimeduration', 'duration'],
  ['days and time duration', 'duration'],
  ['yearmonthduration', 'duration'],
  ['years and months duration', 'duration'],
]);

/** No definition refers to more than this many others in a row. */
const MOST_STEPS = 32;

/** What a type reference means, e.g. `number`, `feel:date`, `tAge`; null when nothing. */
export function resolveType(
  typeRef: string | undefined,
  definitions: readonly DmnItemDefinition[],
): InputType | null {
  let name = typeRef?.trim() ?? '';
  let allowed: DmnItemDefinition | null = null;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (name === '') return { type: null, allowed };
    const local = name.slice(name.lastIndexOf(':') + 1).trim();
    const definition = definitions.find((one) => one.name === name || one.name === local);
    if (definition === undefined) {
      const type = NAMED.get(local.toLowerCase());
      return type === undefined ? null : { type, allowed };
    }
    if (definition.isCollection || definition.itemComponent) return { type: null, allowed: null };
    if (definition.allowedValues && allowed === null) allowed = definition;
    name = definition.typeRef?.trim() ?? '';
  }
  return null;
}
