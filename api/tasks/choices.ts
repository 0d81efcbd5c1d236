/**
 * What a task can be decided by in one press: the buttons of its form that have an `action`; or, where it has none, the options
 * of the one field that the modeller marked by the custom property `byMail`. Class: pure.
 */
import type { WholeTask } from '../../contracts/tasks.js';
import {
  type Component,
  type Form,
  isContext,
  type Json,
  type RawComponent,
  type Variables,
} from '../../engine/model/index.js';

/** One press. */
export interface Choice {
  /** Names it among those of its task. */
  readonly choice: string;
  readonly label: string;
  readonly action: string | null;
  readonly variables: Variables;
}

/** All of them, in the order of the form and in its language. */
export function choicesOf({
  actions,
  form,
}: Pick<WholeTask, 'actions' | 'form'>): readonly Choice[] {
  if (actions.length > 0) {
    return actions.map(({ action, label }) => ({
      ...{ choice: `action:${action}`, label, action, variables: {} },
    }));
  }
  const [field] = componentsIn((form?.schema ?? {}) as RawComponent).filter(isChoice);
  const { key, values } = field ?? {};
  if (typeof key !== 'string' || key.includes('.') || !Array.isArray(values)) return [];
  return values.filter(isContext).flatMap(({ value, label }) => {
    if (typeof value !== 'string') return [];
    const said = typeof label === 'string' && label !== '' ? label : value;
    return [{ choice: `${key}:${value}`, label: said, action: null, variables: { [key]: value } }];
  });
}

/** What the field asks whose options they are; null: they are buttons. */
export function questionOf({ actions, form }: Pick<WholeTask, 'actions' | 'form'>): string | null {
  if (actions.length > 0) return null;
  const [field] = componentsIn((form?.schema ?? {}) as RawComponent).filter(isChoice);
  return typeof field?.label === 'string' && field.label !== '' ? field.label : null;
}

/** Whether a form has any, as it was compiled. */
export const hasChoices = ({ actions, components }: Form): boolean =>
  actions.length > 0 || fieldsIn(components).some(isChoice);

const fieldsIn = (components: readonly Component[]): readonly RawComponent[] =>
  components.flatMap((one) => (one.kind === 'field' ? [one.raw] : fieldsIn(one.children)));

function isChoice({ type, properties }: RawComponent): boolean {
  return type === 'radio' && isContext(properties) && properties.byMail === 'yes';
}

/** Components of a form, those inside others as well, in order. */
function componentsIn({ components }: RawComponent): readonly RawComponent[] {
  if (!Array.isArray(components)) return [];
  return components.filter(isContext).flatMap((one) => [one, ...componentsIn(one)]);
}

const MOST_FACTS = 20;
const LONGEST = 500;

/** What a form shows of the variables, by its labels. */
export function factsOf({ form, variables }: Pick<WholeTask, 'form' | 'variables'>) {
  return componentsIn((form?.schema ?? {}) as RawComponent)
    .flatMap(({ key, label }) => {
      if (typeof key !== 'string' || typeof label !== 'string' || label === '') return [];
      const value = textOf(variables[key]);
      return value === null ? [] : [{ label, value }];
    })
    .slice(0, MOST_FACTS);
}

function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
