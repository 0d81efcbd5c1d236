import { defineTexts } from '../../texts/texts.js';

/** Texts of one's own second factor. */
export const OWN_FACTOR_TEXTS = defineTexts(
  'own-factor',
  {
    about:
      'An app on your phone shows a code, and whoever signs in as you needs it beside the password.',
    asked: 'Here you need one.',
    begin: 'Set up a second factor',
    byHand: 'Or type this key into the app:',
    cancel: 'Cancel',
    codes: 'Your recovery codes',
    codesAbout:
      'Each lets you in once when the phone is lost. Keep them where the phone is not: they are shown only here.',
    codesLeft_one: 'It is set up. {{count}} recovery code is left.',
    codesLeft_other: 'It is set up. {{count}} recovery codes are left.',
    confirm: 'Set it up',
    confirmAbout:
      'The six digits that the app shows now. All your other sessions and API tokens end.',
    copied: 'Copied',
    copy: 'Copy',
    download: 'Download',
    file: 'jornada-recovery-codes.txt',
    kept: 'I have kept them',
    missing: 'Set up a second factor to go on',
    missingAbout: 'Who may do what you may here signs in with one. It takes a minute, and a phone.',
    next: 'Continue',
    password: 'Your password',
    qr: 'QR code of the key',
    remove: 'Take it away',
    removeAbout:
      'Your password alone lets you in then. All that is open of yours ends, this session too; after the next sign-in you can set up another phone.',
    removed: 'Your second factor is taken away. Sign in again.',
    removeTitle: 'Take your second factor away?',
    renew: 'New recovery codes',
    scan: 'Scan this with an authenticator app.',
    signOut: 'Sign out',
    thereNow: 'Your second factor counts from now on.',
    title: 'Second factor',
  },
  {
    about:
      'Um aplicativo no celular mostra um código, e quem entra como você precisa dele além da senha.',
    asked: 'Aqui você precisa de um.',
    begin: 'Configurar um segundo fator',
    byHand: 'Ou digite esta chave no aplicativo:',
    cancel: 'Cancelar',
    codes: 'Seus códigos de recuperação',
    codesAbout:
      'Cada um deixa você entrar uma vez se perder o celular. Guarde-os longe dele: só aparecem aqui.',
    codesLeft_one: 'Está configurado. Resta {{count}} código de recuperação.',
    codesLeft_other: 'Está configurado. Restam {{count}} códigos de recuperação.',
    confirm: 'Configurar',
    confirmAbout:
      'Os seis dígitos que o aplicativo mostra agora. Suas outras sessões e seus tokens da API terminam.',
    copied: 'Copiado',
    copy: 'Copiar',
    download: 'Baixar',
    file: 'jornada-codigos-de-recuperacao.txt',
    kept: 'Já guardei',
    missing: 'Configure um segundo fator para continuar',
    missingAbout:
      'Quem pode o que você pode aqui entra com um. Leva um minuto e precisa de um celular.',
    next: 'Continuar',
    password: 'Sua senha',
    qr: 'Código QR da chave',
    remove: 'Remover',
    removeAbout:
      'Depois disso basta a senha para entrar. Tudo que está aberto seu termina, esta sessão também; ao entrar de novo você pode configurar outro celular.',
    removed: 'Seu segundo fator foi removido. Entre de novo.',
    removeTitle: 'Remover seu segundo fator?',
    renew: 'Novos códigos de recuperação',
    scan: 'Leia isto com um aplicativo autenticador.',
    signOut: 'Sair',
    thereNow: 'Seu segundo fator vale a partir de agora.',
    title: 'Segundo fator',
  },
);
