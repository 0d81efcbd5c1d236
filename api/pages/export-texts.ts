import type { LinkTexts } from './link-page.js';
import type { Locale } from './locale.js';

/** Texts of the link to an export. */
export const EXPORT_TEXTS: Readonly<Record<Locale, LinkTexts>> = {
  en: {
    title: 'Your data',
    says: 'With this link you download a ZIP file with the data of your company.',
    button: 'Download',
    note: 'Each download is counted and noted with time and address. The file holds personal data: keep it where only those who need it can read it.',
    byHand: 'Link from the mail',
    byHandHint: 'Copy the whole link from the mail and paste it here.',
    done: 'Your data',
    doneSays: 'The download has begun.',
  },
  'pt-BR': {
    title: 'Seus dados',
    says: 'Com este link você baixa um arquivo ZIP com os dados da sua empresa.',
    button: 'Baixar',
    note: 'Cada download é contado e registrado com hora e endereço. O arquivo tem dados pessoais: guarde-o onde só quem precisa possa ler.',
    byHand: 'Link do e-mail',
    byHandHint: 'Copie o link inteiro do e-mail e cole aqui.',
    done: 'Seus dados',
    doneSays: 'O download começou.',
  },
};
