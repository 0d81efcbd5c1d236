import type { FormField, FormTexts } from './form-page.js';
import type { Locale } from './locale.js';

const password = (label: string, hint: string): FormField => ({
  ...{ name: 'password', label, type: 'password', autocomplete: 'new-password', hint },
});

const loginName = (label: string, hint: string): FormField => ({
  ...{ name: 'loginName', label, type: 'text', autocomplete: 'username', hint },
});

const displayName = (label: string): FormField => ({
  ...{ name: 'displayName', label, type: 'text', autocomplete: 'name', hint: null },
});

const ENGLISH_PASSWORD = password(
  'Password',
  'At least 12 characters, of any kind. Four words that do not belong together are a good one.',
);
const PORTUGUESE_PASSWORD = password(
  'Senha',
  'Pelo menos 12 caracteres, de qualquer tipo. Quatro palavras sem relação entre si são uma boa senha.',
);

const ENGLISH_LINK = {
  byHand: 'Link',
  byHandHint: 'Copy the whole link and paste it here.',
};
const PORTUGUESE_LINK = {
  byHand: 'Link',
  byHandHint: 'Copie o link inteiro e cole aqui.',
};

/** Texts of the link by which somebody sets a password. */
export const PASSWORD_TEXTS: Readonly<Record<Locale, FormTexts>> = {
  en: {
    title: 'Your password',
    says: 'Choose the password that you sign in with. The link works once.',
    fields: [ENGLISH_PASSWORD],
    button: 'Set password',
    ...ENGLISH_LINK,
    done: 'Password set',
    doneSays: 'You can sign in with it now. Wherever you were signed in, you are no more.',
  },
  'pt-BR': {
    title: 'Sua senha',
    says: 'Escolha a senha com que você entra. O link funciona uma vez.',
    fields: [PORTUGUESE_PASSWORD],
    button: 'Definir senha',
    ...PORTUGUESE_LINK,
    done: 'Senha definida',
    doneSays: 'Você já pode entrar com ela. Onde você estava conectado, não está mais.',
  },
};

/** Texts of the link by which the first admin comes to be. */
export const SET_UP_TEXTS: Readonly<Record<Locale, FormTexts>> = {
  en: {
    title: 'The first admin',
    says: 'Whoever has this link becomes the first admin. It works once, for 30 minutes.',
    fields: [
      loginName('Login name', 'Lower-case letters, digits, dot, dash; tasks show it to others.'),
      displayName('Your name'),
      ENGLISH_PASSWORD,
    ],
    button: 'Become admin',
    ...ENGLISH_LINK,
    done: 'You are admin',
    doneSays: 'You can sign in now, and add others.',
  },
  'pt-BR': {
    title: 'A primeira pessoa administradora',
    says: 'Quem tem este link se torna a primeira pessoa administradora. Ele funciona uma vez, por 30 minutos.',
    fields: [
      loginName(
        'Nome de usuário',
        'Letras minúsculas, dígitos, ponto, hífen; as tarefas o mostram aos outros.',
      ),
      displayName('Seu nome'),
      PORTUGUESE_PASSWORD,
    ],
    button: 'Tornar-se administrador',
    ...PORTUGUESE_LINK,
    done: 'Você é administrador',
    doneSays: 'Você já pode entrar e adicionar outras pessoas.',
  },
};
