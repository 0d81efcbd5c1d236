/** What the front door says where the web app was not built. Class: data. */
import type { Locale } from './locale.js';

/** Title and paragraphs. */
export const HOME_TEXTS: Readonly<Record<Locale, readonly [title: string, ...says: string[]]>> = {
  en: [
    'Jornada is running',
    'Links in mails open here, and programs speak to its API under /v2.',
    'Its pages are not here: they are still being built, or could not be (the start screen says why).',
  ],
  'pt-BR': [
    'Jornada está no ar',
    'Aqui abrem os links dos e-mails, e programas usam a API em /v2.',
    'As páginas não estão aqui: ainda estão sendo montadas ou não puderam ser (a tela de início diz por quê).',
  ],
};
