/** An event-based gateway leads to events alone, which nothing else leads to. Source: BPMN 2.0.2 §10.6.6, S32. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { triggerOf } from '../kinds.js';
import type { Level, Model } from '../model.js';
import type { Rule } from '../rule.js';
import { repeated, waitsFor } from '../waits-for.js';

const TRIGGERS = ['message', 'timer', 'conditional', 'signal', 'multiple'];

function armFindings(gateway: string, arm: ParsedNode, { boundary }: Level): readonly Finding[] {
  const { id: ref, tag, incoming, loop } = arm;
  const isReceive = tag === 'receiveTask';
  const isArm =
    isReceive || (tag === 'intermediateCatchEvent' && TRIGGERS.includes(triggerOf(arm)));
  if (!isArm) {
    const type = tag === 'intermediateCatchEvent' ? `a ${tag} (${triggerOf(arm)})` : `a ${tag}`;
    return [finding('BPMN_EVENT_GATEWAY_TARGET', gateway, { id: gateway, ref, type })];
  }
  const attached = isReceive ? (boundary.get(ref) ?? []) : [];
  const facts = { id: ref, type: `${tag} with a loop after an event-based gateway` };
  return [
    ...(loop === null
      ? []
      : [finding('BPMN_NOT_EXECUTED', ref, { ...facts, remedy: 'draw the loop around both' })]),
    ...incoming
      .slice(1)
      .map((flow) => finding('BPMN_EVENT_GATEWAY_TARGET_INCOMING', ref, { ref, flow })),
    ...attached.map((event) =>
      finding('BPMN_EVENT_GATEWAY_RECEIVE_BOUNDARY', ref, { ref, event: event.id }),
    ),
  ];
}

function duplicates(id: string, arms: readonly ParsedNode[], model: Model): readonly Finding[] {
  const waits = arms.map((event) => ({ event, wait: waitsFor(event, model.definitions) }));
  return repeated(waits).map(({ first, other }) =>
    finding('BPMN_EVENT_GATEWAY_DUPLICATE', id, { id, a: first.id, b: other.id }),
  );
}

function mixed(id: string, arms: readonly ParsedNode[]): readonly Finding[] {
  const receives = arms.some(({ tag }) => tag === 'receiveTask');
  const catches = arms.some(
    (arm) => arm.tag !== 'receiveTask' && arm.triggers.some(({ kind }) => kind === 'message'),
  );
  return receives && catches ? [finding('BPMN_EVENT_GATEWAY_MIXED', id, { id })] : [];
}

/** What keeps a gateway from creating one instance of all its messages, or null. */
function parallelProblem(gateway: ParsedNode, arms: readonly ParsedNode[]): string | null {
  if (gateway.eventGatewayType !== 'Parallel') return null;
  if (!gateway.isInstantiating) return '`instantiate` false';
  const other = arms.find((arm) => arm.tag !== 'receiveTask' && triggerOf(arm) !== 'message');
  return other === undefined ? null : `arm ${other.id}, which is no message`;
}

/** Findings: BPMN_EVENT_GATEWAY_ARMS, _TARGET, _TARGET_INCOMING, _MIXED, _RECEIVE_BOUNDARY, _DUPLICATE, _PARALLEL;
 * BPMN_NOT_EXECUTED for arms that loop. */
export const eventGateway: Rule = {
  node: (node, level, model) => {
    if (node.tag !== 'eventBasedGateway') return [];
    const { id, outgoing } = node;
    const targets = outgoing.map((flow) => model.nodes.get(model.flows.get(flow)?.target ?? ''));
    const arms = targets.filter((arm) => arm !== undefined);
    const n = outgoing.length;
    const detail = parallelProblem(node, arms);
    return [
      ...(n < 2 ? [finding('BPMN_EVENT_GATEWAY_ARMS', id, { id, n })] : []),
      ...(detail === null ? [] : [finding('BPMN_EVENT_GATEWAY_PARALLEL', id, { id, detail })]),
      ...arms.flatMap((arm) => armFindings(id, arm, level)),
      ...mixed(id, arms),
      ...duplicates(id, arms, model),
    ];
  },
};
