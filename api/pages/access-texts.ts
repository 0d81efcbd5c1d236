import type { LinkTexts } from './link-page.js';
import type { Locale } from './locale.js';

/** Texts of the access link. */
export const ACCESS_TEXTS: Readonly<Record<Locale, LinkTexts>> = {
  en: {
    title: 'Your access',
    says: 'With this link you get in as administrator. It works once.',
    button: 'Continue',
    note: 'We never ask for a password here.',
    byHand: 'Link from the mail',
    byHandHint: 'Copy the whole link from the mail and paste it here.',
    done: 'You are in',
    doneSays: 'Your access is confirmed. You can close this page.',
  },
  'pt-BR': {
    title: 'Seu acesso',
    says: 'Com este link você entra como administrador. Ele funciona uma vez.',
    button: 'Continuar',
    note: 'Nunca pedimos senha aqui.',
    byHand: 'Link do e-mail',
    byHandHint: 'Copie o link inteiro do e-mail e cole aqui.',
    done: 'Acesso confirmado',
    doneSays: 'Seu acesso está confirmado. Você pode fechar esta página.',
  },
};
