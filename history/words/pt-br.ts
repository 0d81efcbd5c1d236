/** What happened, in Brazilian Portuguese. Class: pure. */

import { pairsPhrase } from '../phrases.js';
import { shownInstant } from '../wording.js';
import { actPt, modifiedText } from './acts.pt-br.js';
import { ERASED_PT, kindPt } from './kinds.pt-br.js';
import {
  type Data,
  list,
  pairsOf,
  type Sentence,
  text,
  told,
  versionIn,
  type Words,
  withId,
} from './shape.js';
import { changePhrase, recipientPhrase } from './task-phrases.js';

const instant = (at: unknown): string => shownInstant(text(at));

/** What a migration did, of what the journal has of it. */
function migratedText({ from, to, mappings, armed, closed }: Data): string {
  const parts = [
    ['', pairsPhrase(pairsOf(mappings), 'agora é')],
    ['agora espera por ', list(armed)],
    ['não espera mais por ', list(closed)],
  ];
  const details = parts.filter(([, what]) => what !== '').map(([how, what]) => `${how}${what}`);
  const versions = `da versão ${versionIn(from)} para a ${versionIn(to)}`;
  return [`migrou a instância ${versions}`, ...details].join('; ');
}

const because = (reason: unknown): string =>
  typeof reason === 'string' ? `: motivo '${reason}'` : '';

const SENTENCES: Readonly<Record<string, Sentence>> = {
  instanceStarted: () => 'iniciou a instância',
  instanceSuspended: () => 'suspendeu a instância',
  instanceResumed: (_, { timers }) =>
    `retomou a instância${timers === 'shift' ? ', com os temporizadores adiados pelo tempo suspenso' : ''}`,
  instanceCompleted: () => 'a instância foi concluída',
  instanceModified: (_, data, names) =>
    `modificou a instância: ${modifiedText(data, (id) => withId(id, names))}`,
  instanceMigrated: (_, data) => migratedText(data),
  instanceCancelling: () => 'pediu o fim da instância',
  instanceCancelled: () => 'cancelou a instância',
  instanceFailed: () => 'a instância falhou: quem a chamou tratou o erro',
  elementMigrated: (name, { from }) => `${name} é o que era '${text(from)}'`,
  elementEntered: (name, { kind, loopCounter }) =>
    `entrou em ${name}${typeof kind === 'string' ? ` (${kindPt(kind)})` : ''}${typeof loopCounter === 'number' ? `, item ${loopCounter}` : ''}`,
  elementCompleted: (name) => `saiu de ${name}`,
  elementCancelled: (name, { reason }) => `encerrou ${name}${because(reason)}`,
  flowTaken: (name) => `seguiu o fluxo ${name}`,
  tokenWaiting: (name) => `um token espera em ${name} pelos outros`,
  tokenRemoved: (name, { tokens }) =>
    `retirou ${Number(tokens) === 1 ? '1 token' : `${Number(tokens)} tokens`} de ${name}`,
  variablesWritten: (_, { values }) => `gravou ${Object.keys(Object(values)).join(', ') || 'nada'}`,
  jobStarted: (name, { type }) => `iniciou o trabalho '${text(type)}' de ${name}`,
  jobCompleted: (name, { type }) => `o trabalho '${text(type)}' de ${name} foi feito`,
  jobFailed: (name, { type, message }) =>
    `o trabalho '${text(type)}' de ${name} falhou: ${told(message)}`,
  jobThrew: (name, { type, code }) =>
    `o trabalho '${text(type)}' de ${name} respondeu com o erro '${text(code)}'`,
  jobCancelled: (name) => `retirou o trabalho de ${name}`,
  taskOpened: (name, { assignee, candidateGroups }) =>
    `abriu a tarefa ${name} para ${recipient(assignee, candidateGroups)}`,
  taskAssigned: (name, { assignee }) =>
    typeof assignee === 'string'
      ? `passou a tarefa ${name} para ${assignee}`
      : `devolveu a tarefa ${name} aos candidatos`,
  taskDelegated: (name, { assignee, owner }) =>
    typeof owner === 'string'
      ? `delegou a tarefa ${name} a ${text(assignee)}, que a devolve a ${owner}`
      : `devolveu a tarefa ${name} a ${text(assignee)}`,
  taskReturned: (name, { assignee }) => `devolveu a tarefa ${name} a ${text(assignee)}`,
  taskUpdated: (name, { version: _, ...changes }) =>
    `alterou a tarefa ${name}: ${Object.entries(changes).map(changeText).join(', ')}`,
  taskCommented: (name) => `comentou a tarefa ${name}`,
  taskCompleted: (name, { action, standsFor }) =>
    `concluiu a tarefa ${name}${typeof action === 'string' ? ` com '${action}'` : ''}${typeof standsFor === 'string' ? ` por ${standsFor}` : ''}`,
  taskCancelled: (name, { reason }) => `retirou a tarefa ${name}${because(reason)}`,
  timerArmed: (name, { dueAt }) => `armou o temporizador ${name} para ${instant(dueAt)}`,
  timerFired: (name, { dueAt }) =>
    `o temporizador ${name} disparou, previsto para ${instant(dueAt)}`,
  timerCancelled: (name) => `parou o temporizador ${name}`,
  timerEnded: (name, { text: rhythm }) => `não armou nada em ${name}: '${text(rhythm)}' terminou`,
  subscriptionOpened: (name, { of, name: wanted }) =>
    `espera em ${name} por ${of === 'signal' ? 'sinal' : 'mensagem'} '${text(wanted)}'`,
  subscriptionClosed: (name) => `não espera mais em ${name}`,
  messageReceived: (name, data) => `recebeu a mensagem '${text(data.name)}' em ${name}`,
  messagePostponed: (name, data) =>
    `deixou a mensagem '${text(data.name)}' para ${name} na fila: a instância está suspensa`,
  signalReceived: (name, data) => `recebeu o sinal '${text(data.name)}' em ${name}`,
  messagePublished: (name, data) => `publicou a mensagem '${text(data.name)}' em ${name}`,
  signalBroadcast: (name, data) => `emitiu o sinal '${text(data.name)}' em ${name}`,
  errorThrown: (name, { code }) => `o erro '${text(code)}' foi lançado em ${name}`,
  escalationThrown: (name, { code }) => `o escalonamento '${text(code)}' foi lançado em ${name}`,
  childStarted: (name, { processId }) => `chamou o processo '${text(processId)}' em ${name}`,
  childEnded: (name, { outcome }) =>
    outcome === 'notStarted'
      ? `o processo chamado em ${name} não começou`
      : `o processo chamado em ${name} terminou: ${text(outcome)}`,
  decisionEvaluated: (name, { decisionId, value }) =>
    `a decisão '${text(decisionId)}' em ${name} deu ${text(value)}`,
  incidentOpened: (name, { code, message }) =>
    `incidente ${text(code)} em ${name}: ${told(message)}`,
  incidentResolved: (name) => `resolveu o incidente em ${name}`,
  incidentClosed: (name) => `o incidente em ${name} acabou com o que ele detinha`,
  requestRefused: (_, { code, message }) => `recusou um pedido (${text(code)}): ${told(message)}`,
  eventNotAwaited: (_, { what, subject }) =>
    `${text(what)} chegou tarde demais para ${text(subject)}`,
};

const CHANGED: Readonly<Record<string, string>> = {
  dueAt: 'prazo',
  followUpAt: 'acompanhamento',
  candidateGroups: 'grupos',
  candidateUsers: 'pessoas',
  priority: 'prioridade',
};

const changeText = (change: readonly [string, unknown]): string =>
  changePhrase(change, { labels: CHANGED, takenAway: 'retirado' });

const recipient = (assignee: unknown, groups: unknown): string =>
  recipientPhrase(assignee, groups, { group: 'o grupo', anybody: 'qualquer pessoa' });

/** Brazilian Portuguese. */
export const PT_BR: Words = {
  sentences: SENTENCES,
  erasedEntry: (kind, name) => `${kindPt(kind)} '${name}' ${ERASED_PT}`,
  otherEntry: (kind, name) => `${kindPt(kind)} ${name}`,
  theInstance: 'a instância',
  erased: ERASED_PT,
  causes: {
    atStart: 'no início',
    modified: (actor) => `porque ${actor ?? 'alguém'} modificou a instância`,
    migrated: (actor) => `porque ${actor ?? 'alguém'} migrou a instância`,
    after: (name) => `depois de '${name}'`,
    timer: (name) => `porque o temporizador '${name}' disparou`,
    message: (name) =>
      name === null ? 'porque chegou uma mensagem' : `porque chegou a mensagem '${name}'`,
    signal: (name) =>
      name === null ? 'porque chegou um sinal' : `porque chegou o sinal '${name}'`,
    other: (sentence) => `porque ${sentence}`,
    byFlow: (flow) => `, pelo fluxo '${flow}'`,
  },
  act: actPt,
};
