/** The mail that tells of a task, in the language of its reader: what it is and where it is decided, nothing of a customer. Class: pure. */
import { htmlOf } from '../../activities/mail/layout.js';
import type { RenderedMail } from '../../activities/mail/template.js';

/** What it tells. */
export interface ToldTask {
  readonly locale: 'en' | 'pt-BR';
  readonly name: string;
  readonly title: string;
  readonly process: string;
  readonly decideUrl: string;
  readonly taskUrl: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

const LONGEST = 120;

/** Titles are of models, and a subject is one line. */
const line = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);

/** Writes it. */
export function taskMail({ locale, ...told }: ToldTask): RenderedMail {
  const title = line(told.title);
  const process = line(told.process);
  const until = `${new Intl.DateTimeFormat(locale, {
    ...({ dateStyle: 'medium', timeStyle: 'short' } as const),
    timeZone: 'UTC',
  }).format(new Date(told.expiresAt))} UTC`;
  const { name, decideUrl, taskUrl } = told;
  const [subject, text] = WORDS[locale]({ title, process, until, name, decideUrl, taskUrl });
  return { locale, subject, text, html: htmlOf(locale, subject, text) };
}

type Words = Readonly<
  Record<'title' | 'process' | 'until' | 'name' | 'decideUrl' | 'taskUrl', string>
>;

const WORDS: Readonly<Record<ToldTask['locale'], (of: Words) => readonly [string, string]>> = {
  en: ({ title, process, until, name, decideUrl, taskUrl }) => [
    `To decide: ${title}`,
    `Hello ${name},

a task waits for your decision: ${title} (${process}).

See it and decide:
${decideUrl}

The link is yours alone, decides once, and opens until ${until}: whoever has it decides in your name. Opening it decides nothing.

Or in your inbox:
${taskUrl}
`,
  ],
  'pt-BR': ({ title, process, until, name, decideUrl, taskUrl }) => [
    `Para decidir: ${title}`,
    `Olá ${name},

uma tarefa espera sua decisão: ${title} (${process}).

Veja e decida:
${decideUrl}

O link é só seu, decide uma vez e abre até ${until}: quem o tiver decide em seu nome. Abrir não decide nada.

Ou na sua caixa de entrada:
${taskUrl}
`,
  ],
};
