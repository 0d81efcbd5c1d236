/** How elements of diagrams are called, those that run and those that are drawn alone. */
import type { NodeKind } from '../../../engine/elements/index.js';

type Names = readonly [en: string, ptBr: string];

const RUN = {
  boundaryEvent: ['Boundary event', 'Evento de borda'],
  businessRuleTask: ['Business rule task', 'Tarefa de regra de negócio'],
  callActivity: ['Call activity', 'Atividade de chamada'],
  endEvent: ['End event', 'Evento de fim'],
  eventBasedGateway: ['Event-based gateway', 'Gateway de eventos'],
  eventSubProcess: ['Event sub-process', 'Subprocesso de evento'],
  exclusiveGateway: ['Exclusive gateway', 'Gateway exclusivo'],
  inclusiveGateway: ['Inclusive gateway', 'Gateway inclusivo'],
  intermediateCatchEvent: ['Catch event', 'Evento de captura'],
  intermediateThrowEvent: ['Throw event', 'Evento de lançamento'],
  manualTask: ['Manual task', 'Tarefa manual'],
  parallelGateway: ['Parallel gateway', 'Gateway paralelo'],
  receiveTask: ['Receive task', 'Tarefa de recebimento'],
  scriptTask: ['Script task', 'Tarefa de script'],
  sendTask: ['Send task', 'Tarefa de envio'],
  serviceTask: ['Service task', 'Tarefa de serviço'],
  startEvent: ['Start event', 'Evento de início'],
  subProcess: ['Sub-process', 'Subprocesso'],
  task: ['Task', 'Tarefa'],
  userTask: ['User task', 'Tarefa de usuário'],
} as const satisfies Record<NodeKind, Names>;

const DRAWN: Readonly<Record<string, Names>> = {
  adHocSubProcess: ['Ad-hoc sub-process', 'Subprocesso ad hoc'],
  association: ['Association', 'Associação'],
  category: ['Category', 'Categoria'],
  collaboration: ['Collaboration', 'Colaboração'],
  complexGateway: ['Complex gateway', 'Gateway complexo'],
  dataObject: ['Data object', 'Objeto de dados'],
  dataObjectReference: ['Data object', 'Objeto de dados'],
  dataStoreReference: ['Data store', 'Depósito de dados'],
  definitions: ['Model', 'Modelo'],
  error: ['Error', 'Erro'],
  escalation: ['Escalation', 'Escalação'],
  group: ['Group', 'Grupo'],
  lane: ['Lane', 'Raia'],
  laneSet: ['Lanes', 'Raias'],
  message: ['Message', 'Mensagem'],
  messageFlow: ['Message flow', 'Fluxo de mensagem'],
  participant: ['Pool', 'Piscina'],
  process: ['Process', 'Processo'],
  sequenceFlow: ['Sequence flow', 'Fluxo de sequência'],
  signal: ['Signal', 'Sinal'],
  textAnnotation: ['Annotation', 'Anotação'],
  transaction: ['Transaction', 'Transação'],
};

/** The kind of a type of BPMN: `bpmn:UserTask` is a `userTask`. Class: pure. */
export function kindOfType(type: string): string {
  const name = type.replace(/^\w+:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** What a kind is called. Class: pure. */
export function kindNameIn(locale: 'en' | 'pt-BR', kind: string): string {
  const all: Readonly<Record<string, Names>> = { ...DRAWN, ...RUN };
  const names = Object.hasOwn(all, kind) ? all[kind] : undefined;
  return names?.[locale === 'pt-BR' ? 1 : 0] ?? kind;
}
