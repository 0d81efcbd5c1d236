/** Fixes of `process.yaml`. Class: pure. */
import { DESCRIPTION_FILE } from '../../registry/index.js';
import { type FixRule, meantIn, quoted } from './fix.js';

/** Declares a variable that is written on the way, as free text: the class that is kept most closely. */
export const declareVariable: FixRule = (found, files) => {
  const text = files[DESCRIPTION_FILE];
  const [name] = quoted(found);
  // What is nearly another name is misspelt, and is to be mended where it stands.
  if (text === undefined || name === undefined || meantIn(found) !== null) return [];
  const [head] = /^internal:[ \t]*\r?\n/m.exec(text) ?? [];
  if (head === undefined) return [];
  const at = text.indexOf(head) + head.length;
  const line = `  ${name}: { type: any, class: T, title: { en: "${name}", pt-BR: "${name}" } }\n`;
  const title = { en: `Declare “${name}”`, 'pt-BR': `Declarar “${name}”` };
  return [{ title, edits: [{ path: DESCRIPTION_FILE, from: at, to: at, text: line }] }];
};
