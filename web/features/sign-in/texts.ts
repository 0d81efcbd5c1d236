import { defineTexts } from '../../texts/texts.js';

/** Texts of signing in. */
export const SIGN_IN_TEXTS = defineTexts(
  'sign-in',
  {
    about: 'The life of your customers, as processes.',
    again: 'Your session has ended. Sign in, and go on where you were.',
    emergency: 'Emergency access by password',
    enter: 'Sign in',
    forgotten: 'Forgotten? An admin makes a link by which you set another.',
    name: 'Login name',
    password: 'Password',
    refused: 'Name and password do not fit.',
    tooMany: 'Too many tries. Wait a few minutes, then try again.',
  },
  {
    about: 'A vida dos seus clientes, em processos.',
    again: 'Sua sessão terminou. Entre e continue de onde estava.',
    emergency: 'Acesso de emergência com senha',
    enter: 'Entrar',
    forgotten: 'Esqueceu? Um administrador cria um link para você definir outra.',
    name: 'Nome de acesso',
    password: 'Senha',
    refused: 'Nome e senha não conferem.',
    tooMany: 'Tentativas demais. Espere alguns minutos e tente de novo.',
  },
);
