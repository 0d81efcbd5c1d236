/** Forms: each is used, and speaks both languages. Class: pure. */
import { type Finding, finding } from '../../engine/errors/index.js';
import { missingTexts } from '../../engine/forms/index.js';
import type { LintedPackage } from './package.js';

const formFiles = ({ files }: LintedPackage) =>
  Object.entries(files).flatMap(([path, text]) => {
    const schema = path.endsWith('.form') ? parsed(text) : null;
    return schema === null ? [] : [{ path, schema }];
  });

/** What is no form is told by the parser of forms. */
function parsed(text: string): { readonly id?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Forms that no task and no start event names. */
export function unusedForms(found: LintedPackage): readonly Finding[] {
  const named = found.processes.flatMap(({ nodes }) =>
    nodes.flatMap(({ extensions }) => extensions.form?.formId ?? []),
  );
  if (!found.isWhole || named.some((id) => id.startsWith('='))) return [];
  return formFiles(found)
    .filter(({ schema }) => !named.includes(String(schema.id)))
    .map(({ path }) => {
      const facts = { what: 'form', path, remedy: 'as the form of a task' };
      return { ...finding('PACKAGE_FILE_UNUSED', null, facts), file: path };
    });
}

/** Forms with texts that stand in one language alone. */
export function untranslatedForms(found: LintedPackage): readonly Finding[] {
  return formFiles(found).flatMap(({ path, schema }) => {
    const missing = missingTexts(schema as Parameters<typeof missingTexts>[0], 'pt-BR');
    if (missing.length === 0) return [];
    const some = missing.slice(0, 3).join(', ');
    const detail = `pt-BR lacks ${missing.length > 3 ? `${some}, …` : some}`;
    const facts = { what: `form '${path}'`, detail };
    return [{ ...finding('PACKAGE_LANGUAGE_MISSING', null, facts), file: path }];
  });
}
