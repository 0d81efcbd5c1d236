import type { LinkTexts } from './link-page.js';
import type { Locale } from './locale.js';

/** Texts of the pages of a task's link. */
export interface TaskLinkTexts extends Omit<LinkTexts, 'done' | 'doneSays'> {
  readonly process: string;
  readonly customer: string;
  readonly businessKey: string;
  readonly due: string;
  readonly asWhom: (person: string) => string;
  readonly reason: string;
  readonly question: string;
  readonly needsForm: string;
  readonly inInbox: string;
  readonly over: string;
  readonly decided: (label: string) => string;
  readonly waitsFor: (names: string) => string;
  readonly goesOn: string;
  readonly notDecided: string;
}

/** Both of them. */
export const TASK_LINK_TEXTS: Readonly<Record<Locale, TaskLinkTexts>> = {
  en: {
    title: 'Your decision',
    says: 'First you see what it is about. Nothing is decided before you press a button.',
    button: 'Show the task',
    note: 'We never ask for a password here.',
    byHand: 'Link from the mail',
    byHandHint: 'Copy the whole link from the mail and paste it here.',
    process: 'Process',
    customer: 'Customer',
    businessKey: 'Business key',
    due: 'Due',
    asWhom: (person) => `You decide as ${person}. The link works once.`,
    reason: 'Reason (optional, kept in the audit)',
    question: 'What do you decide?',
    needsForm: 'This task asks for more than a decision. Sign in and fill its form.',
    inInbox: 'Open the task in the inbox',
    over: 'There is nothing to decide any more',
    decided: (label) => `Decided: ${label}`,
    waitsFor: (names) => `Now it waits for: ${names}.`,
    goesOn: 'The process goes on.',
    notDecided: 'It was not decided by you',
  },
  'pt-BR': {
    title: 'Sua decisão',
    says: 'Primeiro você vê do que se trata. Nada é decidido antes de você apertar um botão.',
    button: 'Mostrar a tarefa',
    note: 'Nunca pedimos senha aqui.',
    byHand: 'Link do e-mail',
    byHandHint: 'Copie o link inteiro do e-mail e cole aqui.',
    process: 'Processo',
    customer: 'Cliente',
    businessKey: 'Chave de negócio',
    due: 'Vence em',
    asWhom: (person) => `Você decide como ${person}. O link funciona uma vez.`,
    reason: 'Motivo (opcional, fica na auditoria)',
    question: 'O que você decide?',
    needsForm: 'Esta tarefa pede mais que uma decisão. Entre e preencha o formulário.',
    inInbox: 'Abrir a tarefa na caixa de entrada',
    over: 'Não há mais nada a decidir',
    decided: (label) => `Decidido: ${label}`,
    waitsFor: (names) => `Agora espera por: ${names}.`,
    goesOn: 'O processo continua.',
    notDecided: 'Não foi você quem decidiu',
  },
};
