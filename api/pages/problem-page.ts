/** The page of a problem: what happened, and what to do. Class: pure. */
import type { PageCode } from '../problem.js';
import { escaped, page } from './layout.js';
import type { Locale } from './locale.js';

type Texts = readonly [title: string, says: string];

const ENGLISH: Readonly<Record<PageCode, Texts>> = {
  HTTP_BODY_TOO_LARGE: ['That is too long', 'Paste the link from the mail and nothing else.'],
  HTTP_CROSS_SITE: ['Not from here', 'Another site sent you here. Open the link from the mail.'],
  HTTP_INTERNAL: [
    'Something failed here',
    'Try again later. If it fails again, tell us the number below.',
  ],
  HTTP_NOT_FOUND: [
    'There is no such page',
    'Open the link from the mail. If you come from there, answer the mail: somebody reads it.',
  ],
  HTTP_NOT_READY: ['One moment', 'We are just starting. Try again in a moment.'],
  HTTP_REQUEST_INVALID: ['That did not work', 'Open the link from the mail.'],
  HTTP_TOO_MANY: ['Too many tries', 'Try again in a minute.'],
  LINK_EXPIRED: ['This link has ended', 'Its time is over. Answer the mail to get a new one.'],
  LINK_REPLACED: ['There is a newer link', 'Open the link in the newest mail.'],
  LINK_REVOKED: ['This link was revoked', 'Answer the mail to get a new one.'],
  LINK_UNKNOWN: [
    'This link does not work',
    'It was used, replaced, or is not whole. Open the newest link from the mail.',
  ],
  LINK_USED_UP: ['All downloads were used', 'Answer the mail to get a new link.'],
  LOGIN_NAME_TAKEN: ['Somebody has that name', 'Go back and choose another login name.'],
  PASSWORD_COMMON: [
    'That password is easy to guess',
    'Go back and choose another: four words that do not belong together are a good one.',
  ],
  PASSWORD_LENGTH: ['That password has another length', 'Go back and choose 12 to 128 characters.'],
  PROVIDER_NO_ROLE: [
    'You have no role here',
    'You are known, but none of your groups has a role in Jornada. Ask whoever looks after the groups.',
  ],
  PROVIDER_REFUSED: [
    'You are not signed in',
    'The answer of the sign-in does not hold. Begin again.',
  ],
  PROVIDER_STATE: [
    'You are not signed in',
    'This answer was used, is too old, or is of another browser. Begin again.',
  ],
  PROVIDER_UNAVAILABLE: [
    'One moment',
    'The sign-in of your company does not answer. Try again in a moment.',
  ],
  SIGN_IN_TOO_MANY: ['Too many tries', 'Wait a little, then try again.'],
  TASK_LINK_CHOICE: ['This needs the form', 'Sign in and open the task in your inbox.'],
  TASK_LINK_OVER: [
    'This link has ended',
    'Its time is over, or its task is gone. Sign in and look in your inbox.',
  ],
  TASK_LINK_USED: [
    'This link was used',
    'A link decides once. Your inbox tells what became of it.',
  ],
};

const PORTUGUESE: Readonly<Record<PageCode, Texts>> = {
  HTTP_BODY_TOO_LARGE: ['Texto longo demais', 'Cole só o link do e-mail.'],
  HTTP_CROSS_SITE: ['Origem não aceita', 'Outro site trouxe você aqui. Abra o link do e-mail.'],
  HTTP_INTERNAL: [
    'Algo falhou aqui',
    'Tente mais tarde. Se falhar de novo, informe o número abaixo.',
  ],
  HTTP_NOT_FOUND: [
    'Esta página não existe',
    'Abra o link do e-mail. Se veio de lá, responda ao e-mail: alguém o lê.',
  ],
  HTTP_NOT_READY: ['Um momento', 'Estamos iniciando. Tente de novo em instantes.'],
  HTTP_REQUEST_INVALID: ['Não deu certo', 'Abra o link do e-mail.'],
  HTTP_TOO_MANY: ['Tentativas demais', 'Tente de novo em um minuto.'],
  LINK_EXPIRED: [
    'Este link expirou',
    'O prazo dele acabou. Responda ao e-mail para receber outro.',
  ],
  LINK_REPLACED: ['Há um link mais novo', 'Abra o link do e-mail mais recente.'],
  LINK_REVOKED: ['Este link foi revogado', 'Responda ao e-mail para receber outro.'],
  LINK_UNKNOWN: [
    'Este link não funciona',
    'Foi usado, trocado ou está incompleto. Abra o link mais recente do e-mail.',
  ],
  LINK_USED_UP: ['Todos os downloads foram usados', 'Responda ao e-mail para receber outro link.'],
  LOGIN_NAME_TAKEN: ['Esse nome já existe', 'Volte e escolha outro nome de usuário.'],
  PASSWORD_COMMON: [
    'Essa senha é fácil de adivinhar',
    'Volte e escolha outra: quatro palavras sem relação entre si são uma boa senha.',
  ],
  PASSWORD_LENGTH: ['Essa senha tem outro tamanho', 'Volte e escolha de 12 a 128 caracteres.'],
  PROVIDER_NO_ROLE: [
    'Você não tem um papel aqui',
    'Você é conhecido, mas nenhum dos seus grupos tem um papel no Jornada. Fale com quem cuida dos grupos.',
  ],
  PROVIDER_REFUSED: ['Você não entrou', 'A resposta do login não vale. Comece de novo.'],
  PROVIDER_STATE: [
    'Você não entrou',
    'Esta resposta já foi usada, é antiga demais ou é de outro navegador. Comece de novo.',
  ],
  PROVIDER_UNAVAILABLE: [
    'Um momento',
    'O login da sua empresa não responde. Tente de novo em instantes.',
  ],
  SIGN_IN_TOO_MANY: ['Tentativas demais', 'Espere um pouco e tente de novo.'],
  TASK_LINK_CHOICE: ['É preciso o formulário', 'Entre e abra a tarefa na sua caixa de entrada.'],
  TASK_LINK_OVER: [
    'Este link expirou',
    'O prazo dele acabou, ou a tarefa não existe mais. Entre e veja sua caixa de entrada.',
  ],
  TASK_LINK_USED: [
    'Este link já foi usado',
    'Um link decide uma vez. Sua caixa de entrada mostra o que aconteceu.',
  ],
};

const TEXTS: Readonly<Record<Locale, Readonly<Record<PageCode, Texts>>>> = {
  en: ENGLISH,
  'pt-BR': PORTUGUESE,
};

/** The page. */
export function problemPage(code: PageCode, requestId: string, locale: Locale): string {
  const [title, says] = TEXTS[locale][code];
  const id = `${code} · ${requestId}`;
  return page(
    locale,
    title,
    `<p>${escaped(says)}</p>\n<p class="soft"><code>${escaped(id)}</code></p>`,
  );
}
