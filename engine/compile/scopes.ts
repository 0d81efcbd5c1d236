/** Second pass: levels, with what starts on them (S10, S17) and their event sub-processes (S49). */
import type {
  EventSubProcessPlan,
  NodeContext,
  ParsedDefinitions,
  ParsedNode,
  ParsedProcess,
  ParsedScope,
  ScopePlan,
  StartPlan,
  TriggerKind,
} from '../model/index.js';
import { compileTrigger } from '../triggers/index.js';
import { planJoins } from './reach.js';

/** Nodes that get a token by themselves on a level without start events. */
const isImplicitStart = (node: ParsedNode): boolean =>
  node.incoming.length === 0 &&
  node.attachedTo === null &&
  !node.isTriggeredByEvent &&
  !node.isForCompensation &&
  !node.isInstantiating &&
  !(node.tag === 'intermediateCatchEvent' && node.triggers.some(({ kind }) => kind === 'link'));

const startsOf = (scope: ParsedScope, isHandler: boolean): readonly string[] => {
  const events = scope.nodes.filter(({ tag }) => tag === 'startEvent');
  if (isHandler) return events.map(({ id }) => id);
  const none = events.filter(({ triggers }) => triggers.length === 0);
  const starts = events.length > 0 ? none : scope.nodes.filter(isImplicitStart);
  return starts.map(({ id }) => id);
};

const handlersOf = (scope: ParsedScope): readonly EventSubProcessPlan[] =>
  scope.nodes
    .filter(({ isTriggeredByEvent }) => isTriggeredByEvent)
    .flatMap(({ id, content }) => {
      const start = content?.nodes.find(({ tag }) => tag === 'startEvent');
      if (start === undefined) return [];
      const trigger = (start.triggers[0]?.kind ?? 'none') as TriggerKind;
      return [{ id, startEventId: start.id, trigger, isInterrupting: start.isInterrupting }];
    });

/** Plans one level and those inside. */
export function planScopes(
  id: string,
  parentId: string | null,
  scope: ParsedScope,
  isHandler = false,
): readonly ScopePlan[] {
  const plan: ScopePlan = {
    id,
    parentId,
    starts: startsOf(scope, isHandler),
    eventSubProcesses: handlersOf(scope),
    joins: planJoins(scope),
  };
  const inner = scope.nodes.flatMap((node) =>
    node.content === null ? [] : planScopes(node.id, id, node.content, node.isTriggeredByEvent),
  );
  return [plan, ...inner];
}

/** The ways to start a process from outside: its start events. */
export function planStarts(
  definitions: ParsedDefinitions,
  process: ParsedProcess,
): readonly StartPlan[] {
  const scope = process.content;
  const events = scope.nodes.filter(({ tag }) => tag === 'startEvent');
  return events.map((node) => {
    const context: NodeContext = { node, definitions, process, scope, containers: [] };
    const trigger = compileTrigger(node, context);
    const named = trigger.kind === 'message' || trigger.kind === 'signal' ? trigger.name : null;
    const name = named !== null && 'value' in named ? String(named.value) : null;
    const timer = trigger.kind === 'timer' ? { kind: trigger.timer, text: trigger.text } : null;
    const { 'jornada:startedBy': startedBy } = node.extensions.properties;
    const plan = { elementId: node.id, trigger: trigger.kind, name, timer };
    return startedBy === undefined ? plan : { ...plan, startedBy };
  });
}
