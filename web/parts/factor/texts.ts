import { defineTexts } from '../../texts/texts.js';

/** Texts of showing a second factor. */
export const FACTOR_TEXTS = defineTexts(
  'factor',
  {
    cancel: 'Cancel',
    code: 'Code',
    codeAbout: 'The six digits that your app shows, or one of your recovery codes.',
    provider: 'Sign in there again',
    providerAbout:
      'This weighs much, and your last sign-in is more than five minutes ago. Sign in again, then repeat what you were doing.',
    show: 'Continue',
    stepUp: 'Is it you?',
    stepUpAbout:
      'This weighs much. Show your second factor again; then it is done, and for five minutes you are not asked.',
    tooMany: 'Too many tries. Wait a few minutes, then try again.',
    wrong: 'This code does not count. Wait for the next one; each counts once.',
  },
  {
    cancel: 'Cancelar',
    code: 'Código',
    codeAbout: 'Os seis dígitos que seu aplicativo mostra, ou um dos seus códigos de recuperação.',
    provider: 'Entrar lá de novo',
    providerAbout:
      'Isto tem peso, e você entrou há mais de cinco minutos. Entre de novo e repita o que estava fazendo.',
    show: 'Continuar',
    stepUp: 'É você?',
    stepUpAbout:
      'Isto tem peso. Mostre de novo seu segundo fator; então será feito, e por cinco minutos não se pergunta mais.',
    tooMany: 'Tentativas demais. Espere alguns minutos e tente de novo.',
    wrong: 'Este código não vale. Espere o próximo; cada um vale uma vez.',
  },
);
