/** Families of flow nodes, and the words for triggers. Class: pure. */
import type { BpmnTag, ParsedNode, ParsedTrigger } from '../model/index.js';
import type { Level } from './model.js';

/** Whether a node is an event of any kind. */
export const isEvent = ({ tag }: ParsedNode): boolean => tag.endsWith('Event');

/** Whether a node is a gateway. */
export const isGateway = ({ tag }: ParsedNode): boolean => tag.endsWith('Gateway');

/** Whether a node is a task, a call or a sub-process. */
export const isActivity = (node: ParsedNode): boolean => !isEvent(node) && !isGateway(node);

/** Whether a node is an intermediate event that stands in a flow. */
export const isIntermediate = ({ tag }: ParsedNode): boolean =>
  tag === 'intermediateCatchEvent' || tag === 'intermediateThrowEvent';

/** Whether a node is an event sub-process: no token arrives at it. */
export const isHandler = ({ isTriggeredByEvent }: ParsedNode): boolean => isTriggeredByEvent;

/** What triggers an event or is its result, as one word: `none`, a kind, or `multiple`. */
export function triggerOf({ triggers }: ParsedNode): ParsedTrigger['kind'] | 'none' | 'multiple' {
  const [first] = triggers;
  if (first === undefined) return 'none';
  return triggers.length > 1 ? 'multiple' : first.kind;
}

/** The name of the link that an event is, null when it has none; undefined for what is no link. */
export function linkOf({ triggers }: ParsedNode): string | null | undefined {
  const [link, more] = triggers;
  return link?.kind === 'link' && more === undefined ? link.name : undefined;
}

const WITH_TOKENS_IN: ReadonlySet<BpmnTag> = new Set([
  'startEvent',
  'boundaryEvent',
] satisfies BpmnTag[]);

/** Whether a token reaches a node by no flow, by its nature. Source: the exemptions of S10. */
export function startsElsewhere(node: ParsedNode): boolean {
  if (WITH_TOKENS_IN.has(node.tag) || isHandler(node) || node.isForCompensation) return true;
  if (node.isInstantiating) return true;
  return node.tag === 'intermediateCatchEvent' && linkOf(node) !== undefined;
}

/** Where the tokens of a level begin: its start events, else by S10 every node without a flow in. */
export function startNodes({ starts, nodes, kind }: Level): readonly ParsedNode[] {
  if (starts.length > 0 || kind === 'eventSubProcess') return starts;
  return nodes.filter(
    (node) => node.incoming.length === 0 && node.tag !== 'endEvent' && !startsElsewhere(node),
  );
}
