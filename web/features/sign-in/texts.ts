import { defineTexts } from '../../texts/texts.js';

/** Texts of signing in. */
export const SIGN_IN_TEXTS = defineTexts(
  'sign-in',
  {
    about: 'The life of your customers, as processes.',
    again: 'Your session has ended. Sign in, and go on where you were.',
    codeAsked: 'One more step, {{name}}: a code of your second factor.',
    emergency: 'Emergency access by password',
    enter: 'Sign in',
    forgotten: 'Forgotten? An admin makes a link by which you set another.',
    lost: 'Phone and recovery codes lost? An admin takes the second factor away.',
    name: 'Login name',
    password: 'Password',
    refused: 'Name and password do not fit.',
    tooMany: 'Too many tries. Wait a few minutes, then try again.',
  },
  {
    about: 'A vida dos seus clientes, em processos.',
    again: 'Sua sessão terminou. Entre e continue de onde estava.',
    codeAsked: 'Mais um passo, {{name}}: um código do seu segundo fator.',
    emergency: 'Acesso de emergência com senha',
    enter: 'Entrar',
    forgotten: 'Esqueceu? Um administrador cria um link para você definir outra.',
    lost: 'Perdeu o celular e os códigos? Um administrador remove o segundo fator.',
    name: 'Nome de acesso',
    password: 'Senha',
    refused: 'Nome e senha não conferem.',
    tooMany: 'Tentativas demais. Espere alguns minutos e tente de novo.',
  },
);
