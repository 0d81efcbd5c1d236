/** What a form asks for, as a list: for who answers it without a browser. Class: pure. */
import {
  type Component,
  type Field,
  type FieldType,
  type Form,
  type Json,
  own,
} from '../model/index.js';
import { feelOf, rulesOf, textOf } from './form.js';
import { choicesOf, type Option } from './options.js';
import { at, type FormContext, View } from './view.js';

/** One field. */
export interface ShownField {
  /** Dotted path of its value; `[]` stands after a list, whose items all have the field. */
  readonly key: string;
  readonly label: string | null;
  readonly type: FieldType;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** Whether it is shown before anything is answered; null: nobody can tell. */
  readonly isShown: boolean | null;
  /** What may be chosen; empty where anything may be written. */
  readonly options: readonly Option[];
  /** What it is shown with; null: nothing. */
  readonly value: Json;
}

/** The names of the variables that a form asks for. */
export function namesOf({ components }: Pick<Form, 'components'>): readonly string[] {
  return components.flatMap((one) => {
    const [name] = one.path;
    return name !== undefined
      ? [name]
      : one.kind === 'field'
        ? []
        : namesOf({ components: one.children });
  });
}

/** The fields of a form in its order, as it is shown with these variables. */
export function fieldsOf(form: Form, context: FormContext): readonly ShownField[] {
  const view = new View(context, {}, form.components);
  return form.components.flatMap((one) => shown(one, view, context, [], true));
}

function shown(
  component: Component,
  view: View,
  context: FormContext,
  prefix: readonly string[],
  isAroundShown: boolean | null,
): readonly ShownField[] {
  const isShown = bothShown(isAroundShown, isShownIn(component, view));
  if (component.kind === 'field') return [fieldOf(component, view, context, prefix, isShown)];
  const { kind, path, children } = component;
  const inside = kind === 'list' ? [...path.slice(0, -1), `${path.at(-1)}[]`] : path;
  return children.flatMap((one) => shown(one, view, context, [...prefix, ...inside], isShown));
}

const bothShown = (around: boolean | null, own: boolean | null): boolean | null =>
  around === false || own === false ? false : around === null || own === null ? null : true;

function isShownIn({ hide }: Component, view: View): boolean | null {
  if (hide === null) return true;
  const result = view.evaluate(hide);
  return 'code' in result ? null : result.value !== true;
}

function fieldOf(
  { type, path, raw }: Field,
  view: View,
  { variables }: FormContext,
  prefix: readonly string[],
  isShown: boolean | null,
): ShownField {
  const all = [...prefix, ...path];
  const options = choicesOf(raw, view);
  const fixed = own(raw, 'disabled') === true || own(raw, 'readonly') === true;
  const feel = feelOf(own(raw, 'readonly'));
  const computed = feel === null ? null : view.evaluate(feel);
  return {
    key: all.join('.'),
    label: textOf(raw, 'label') ?? textOf(raw, 'dateLabel') ?? textOf(raw, 'timeLabel'),
    type,
    isRequired: rulesOf(raw).required === true,
    isReadOnly: fixed || (computed !== null && 'value' in computed && computed.value === true),
    isShown,
    options: 'code' in options ? [] : options.choices,
    value: at(variables, all) ?? null,
  };
}
