/** Buttons of a form that complete its task, by the custom property that names their action. Class: pure. */
import { isContext, own, type RawComponent } from '../model/index.js';
import { textOf } from './form.js';

/** What a task is completed with, and the text of its button: the action itself, if it has none. */
export interface FormButton {
  readonly action: string;
  readonly label: string;
}

/** Buttons of a form in order, also those in groups; one that names no action completes nothing. */
export function buttonsOf(schema: RawComponent): readonly FormButton[] {
  const components = own(schema, 'components');
  if (!Array.isArray(components)) return [];
  return components.filter(isContext).flatMap((component) => {
    if (Array.isArray(own(component, 'components'))) return buttonsOf(component);
    const properties = own(component, 'properties');
    const isButton = own(component, 'type') === 'button' && isContext(properties);
    const action = isButton ? textOf(properties, 'action') : null;
    return action === null ? [] : [{ action, label: textOf(component, 'label') ?? action }];
  });
}
