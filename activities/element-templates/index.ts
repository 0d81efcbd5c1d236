/** All element templates, and the file that holds them. Class: pure. */
import { SIDE_EFFECTS } from '../side-effects.js';
import { type ElementTemplate, templateOf } from './template.js';

export type { ElementTemplate } from './template.js';

/** Where Camunda Modeler looks for templates: beside the diagrams, or in a folder above. */
export const TEMPLATES_FILE = '.camunda/element-templates/jornada.json';

/**
 * The templates of all side effects, in the order of their types.
 *
 * @param before - those of the file as it is: one that changed gets the next version, so that modelers offer the upgrade
 */
export function elementTemplates(before: readonly ElementTemplate[]): readonly ElementTemplate[] {
  return SIDE_EFFECTS.map((effect) => {
    const { describes } = effect;
    const known = before.find(({ id }) => id === `jornada.${effect.type}`);
    const same = templateOf(effect, describes, known?.version ?? 1);
    if (!known || JSON.stringify(same) === JSON.stringify(known)) return same;
    return templateOf(effect, describes, known.version + 1);
  });
}

/** The text of the file. */
export function templatesText(templates: readonly ElementTemplate[]): string {
  return `${JSON.stringify(templates, null, 2)}\n`;
}
