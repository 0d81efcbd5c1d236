/** How kinds of elements and states are called. */
import type { NodeKind } from '../../../engine/elements/index.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { INSTANCES_TEXTS } from './texts.js';

const KINDS = {
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
} as const satisfies Record<NodeKind, readonly [string, string]>;

/** Names of kinds in the language of whoever reads. */
export function useKindName(): (kind: string) => string {
  const locale = useLocale();
  return (kind) => {
    const names = Object.hasOwn(KINDS, kind) ? KINDS[kind as NodeKind] : undefined;
    return names?.[locale === 'pt-BR' ? 1 : 0] ?? kind;
  };
}

const STATE_COLOURS: Readonly<Record<string, string>> = {
  ACTIVE: 'jornada',
  SUSPENDED: 'yellow.9',
  COMPLETED: 'teal.9',
  TERMINATED: 'gray.7',
};

/** A state of an instance, in words, and its colour. */
export function useStateName(): (state: string) => {
  readonly text: string;
  readonly color: string;
} {
  const say = useTexts(INSTANCES_TEXTS);
  return (state) => ({
    text: say(`state_${state}` as 'state_ACTIVE'),
    color: STATE_COLOURS[state] ?? 'gray.7',
  });
}
