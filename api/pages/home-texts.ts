/** What the front door says while there is nothing behind it but links and programs. Class: data. */
import type { Locale } from './locale.js';

/** Title and paragraphs. */
export const HOME_TEXTS: Readonly<Record<Locale, readonly [title: string, ...says: string[]]>> = {
  en: [
    'Jornada is running',
    'Links in mails open here, and programs speak to its API under /v2.',
    'People work by the command line for now: npx jornada help.',
  ],
  'pt-BR': [
    'Jornada está no ar',
    'Aqui abrem os links dos e-mails, e programas usam a API em /v2.',
    'Por enquanto as pessoas trabalham pela linha de comando: npx jornada help.',
  ],
};
