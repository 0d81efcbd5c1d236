/** Fixes that add or remove files. Class: pure. */
import { type FixRule, quoted } from './fix.js';

/** Takes out what nothing names. */
export const removeFile: FixRule = ({ file }) =>
  file === null
    ? []
    : [
        {
          title: { en: `Remove ${file}`, 'pt-BR': `Remover ${file}` },
          edits: [{ path: file, from: 0, to: 0, text: null }],
        },
      ];

/** Begins the mail in the language that is missing with the text of the other one. */
export const copyLanguage: FixRule = (found, files) => {
  const path = quoted(found).find((word) => /^mail\/.*\.liquid$/.test(word));
  if (path === undefined || Object.hasOwn(files, path)) return [];
  const other = path.endsWith('.en.liquid')
    ? path.replace(/\.en\.liquid$/, '.pt-BR.liquid')
    : path.replace(/\.pt-BR\.liquid$/, '.en.liquid');
  const text = files[other];
  if (text === undefined) return [];
  const title = { en: `Copy ${other} to translate it`, 'pt-BR': `Copiar ${other} para traduzir` };
  return [{ title, edits: [{ path, from: 0, to: 0, text }] }];
};
