/**
 * Mail templates of a package: `mail/<name>.<locale>.liquid`, with the subject in front matter and the body as plain
 * text, of which the HTML part is made: text and variables alike are escaped there. Class: pure.
 */
import { ApplicationFailure } from '@temporalio/common';
import { Liquid } from 'liquidjs';
import { explain } from '../../engine/errors/index.js';
import type { Json } from '../../engine/model/index.js';
import { htmlOf } from './layout.js';

/** Files of a package by path. */
export type TemplateFiles = Readonly<Record<string, string>>;

/** A mail's content. */
export interface RenderedMail {
  readonly locale: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Characters, milliseconds and bytes. `templates` instead of a file system: a template can include nothing from the disk.
 * Time is there against a template without end: one that is fit takes a millisecond, and up to a second where all else waits.
 */
const LIMITS = { parseLimit: 50_000, renderLimit: 2000, memoryLimit: 1_000_000 };
const OPTIONS = { ...LIMITS, templates: {}, strictVariables: true, strictFilters: true };
const liquid = new Liquid({ ...OPTIONS, ownPropertyOnly: true });

const FRONT_MATTER = /^---\r?\nsubject: *(.+?) *\r?\n---\r?\n([\s\S]*)$/;

/**
 * Languages to look for, best first: `pt-PT` → `pt-PT`, `pt`, what there is of the same language, `en`.
 *
 * @param there - languages that a mail has
 */
export function localeChain(locale: string, there: readonly string[]): readonly string[] {
  const [language = 'en'] = locale.split('-');
  const siblings = there.filter((one) => one.startsWith(`${language}-`)).sort();
  return [...new Set([locale, language, ...siblings, 'en'])];
}

/**
 * Renders a mail in the best language that the package has.
 *
 * Errors, all for good: `EMAIL_TEMPLATE_MISSING`, `EMAIL_TEMPLATE_INVALID` (also for a variable that is missing).
 */
export function renderMail(
  files: TemplateFiles,
  name: string,
  locale: string,
  data: Readonly<Record<string, Json>>,
): RenderedMail {
  const chain = localeChain(locale, localesOf(files, name));
  const found = chain.find((one) => Object.hasOwn(files, fileOf(name, one)));
  if (found === undefined) {
    throw failure('EMAIL_TEMPLATE_MISSING', { name, locales: chain.join(', ') });
  }
  const file = fileOf(name, found);
  const [, subject, body] = FRONT_MATTER.exec(files[file] ?? '') ?? [];
  if (subject === undefined || body === undefined) {
    const detail = 'it does not begin with front matter that holds its subject';
    throw failure('EMAIL_TEMPLATE_INVALID', { file, detail });
  }
  const render = (source: string): string => {
    try {
      return liquid.parseAndRenderSync(source, data).trim();
    } catch (error) {
      const [detail = ''] = error instanceof Error ? error.message.split('\n') : [];
      throw failure('EMAIL_TEMPLATE_INVALID', { file, detail });
    }
  };
  const text = `${render(body)}
`;
  const title = render(subject);
  return { locale: found, subject: title, text, html: htmlOf(found, title, text) };
}

/** Languages that a package has a mail in. */
const localesOf = (files: TemplateFiles, name: string): readonly string[] =>
  Object.keys(files).flatMap((path) => {
    const isOf = path.startsWith(`mail/${name}.`) && path.endsWith('.liquid');
    return isOf ? [path.slice(`mail/${name}.`.length, -'.liquid'.length)] : [];
  });

const fileOf = (name: string, locale: string): string => `mail/${name}.${locale}.liquid`;

function failure<C extends 'EMAIL_TEMPLATE_MISSING' | 'EMAIL_TEMPLATE_INVALID'>(
  code: C,
  facts: Parameters<typeof explain<C>>[1],
): ApplicationFailure {
  return ApplicationFailure.nonRetryable(explain(code, facts), code);
}
