import type { Locale } from './locale.js';

/** Texts of the page that the provider of identities sends people back to. */
export const PROVIDER_TEXTS: Readonly<
  Record<Locale, { readonly title: string; readonly says: string; readonly button: string }>
> = {
  en: { title: 'Almost there', says: 'You are being signed in.', button: 'Continue' },
  'pt-BR': { title: 'Quase lá', says: 'Estamos fazendo o seu login.', button: 'Continuar' },
};
