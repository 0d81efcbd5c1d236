/** The languages in which what happened is told. Class: data. */
import { EN } from './en.js';
import { PT_BR } from './pt-br.js';
import type { Words } from './shape.js';

export type { Names, Words } from './shape.js';

/** By the locale of whoever reads. */
export const WORDS = { en: EN, 'pt-BR': PT_BR } as const satisfies Record<string, Words>;

/** One of them. */
export type ToldLocale = keyof typeof WORDS;
