/** Fixes inside of models. Class: pure. */
import { elementRange, type FixRule, meantIn, quoted } from './fix.js';

/** Puts the name that was meant in the place of the one that is written, in the element that has it. */
export const takeMeant: FixRule = (found, files) => {
  const { file, elementId } = found;
  const right = meantIn(found);
  const text = file === null ? undefined : files[file];
  const range = elementId === null || text === undefined ? null : elementRange(text, elementId);
  if (right === null || !file || !text || !range) return [];
  const [from, to] = range;
  return quoted(found)
    .filter((word) => word !== elementId && word !== right)
    .flatMap((wrong) => {
      const inside = text
        .slice(from, to)
        .search(new RegExp(`(?<=["\\s,])${escaped(wrong)}(?=["\\s,&])`));
      if (inside === -1) return [];
      const edit = {
        path: file,
        from: from + inside,
        to: from + inside + wrong.length,
        text: right,
      };
      return [{ title: { en: `Write “${right}”`, 'pt-BR': `Escrever “${right}”` }, edits: [edit] }];
    })
    .slice(0, 1);
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Makes the flow without a condition the one that is taken when no other is. */
export const makeDefault: FixRule = (found, files) => {
  const { file, elementId } = found;
  const [flow] = quoted(found).filter((word) => word !== elementId);
  const text = file === null ? undefined : files[file];
  const range = elementId === null || text === undefined ? null : elementRange(text, elementId);
  if (!file || !text || !range || flow === undefined) return [];
  const tag = text.slice(range[0], text.indexOf('>', range[0]));
  if (/\sdefault=/.test(tag)) return [];
  const at = range[0] + tag.search(/\sid="/);
  const edit = { path: file, from: at, to: at, text: ` default="${flow}"` };
  const title = { en: `Make ${flow} the default`, 'pt-BR': `Tornar ${flow} o fluxo padrão` };
  return [{ title, edits: [edit] }];
};
