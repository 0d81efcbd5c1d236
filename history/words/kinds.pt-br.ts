/** How elements are called in Brazilian Portuguese. Class: data. */
import { wordsOf } from '../../engine/model/index.js';

/** What stands in the place of what died with the key of its customer. */
export const ERASED_PT = '(apagado)';

const KINDS: Readonly<Record<string, string>> = {
  boundaryEvent: 'evento de borda',
  businessRuleTask: 'tarefa de regra de negócio',
  callActivity: 'atividade de chamada',
  endEvent: 'evento de fim',
  eventBasedGateway: 'gateway de eventos',
  eventSubProcess: 'subprocesso de evento',
  exclusiveGateway: 'gateway exclusivo',
  inclusiveGateway: 'gateway inclusivo',
  intermediateCatchEvent: 'evento intermediário de captura',
  intermediateThrowEvent: 'evento intermediário de lançamento',
  manualTask: 'tarefa manual',
  parallelGateway: 'gateway paralelo',
  receiveTask: 'tarefa de recebimento',
  scriptTask: 'tarefa de script',
  sendTask: 'tarefa de envio',
  serviceTask: 'tarefa de serviço',
  startEvent: 'evento de início',
  subProcess: 'subprocesso',
  task: 'tarefa',
  userTask: 'tarefa de usuário',
};

/** An element in words; what has none of its own, as its name says it. Class: pure. */
export const kindPt = (kind: string): string => KINDS[kind] ?? wordsOf(kind);
