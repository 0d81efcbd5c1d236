/** First pass: parsed nodes → IR nodes, with flows out resolved and expressions freed of their `=`. */
import { elementOf } from '../elements/index.js';
import type {
  Flow,
  FlowNodeBase,
  Mapping,
  MultiInstance,
  NodeContext,
  ParsedDefinitions,
  ParsedLoop,
  ParsedMapping,
  ParsedNode,
  ParsedProcess,
  ParsedScope,
} from '../model/index.js';
import { computed, feel } from '../triggers/index.js';

const mappingOf = ({ source, target }: ParsedMapping): Mapping => ({
  source: computed(source),
  target: target.trim().split('.'),
});

const feelOrNull = (text: string | null): string | null => (text === null ? null : feel(text));

const multiInstanceOf = (loop: ParsedLoop | null): MultiInstance | null =>
  loop === null || loop.kind === 'standard'
    ? null
    : {
        isSequential: loop.isSequential,
        collection: feelOrNull(loop.inputCollection),
        cardinality: feelOrNull(loop.cardinality),
        inputElement: loop.inputElement,
        outputCollection: loop.outputCollection,
        outputElement: feelOrNull(loop.outputElement),
        completionCondition: feelOrNull(loop.completionCondition),
      };

/** Flows of a level by id. */
type FlowTable = ReadonlyMap<string, ParsedScope['flows'][number]>;

const flowsOut = (node: ParsedNode, flows: FlowTable): readonly Flow[] =>
  node.outgoing.flatMap((id) => {
    const flow = flows.get(id);
    if (flow === undefined) return [];
    const isDefault = node.defaultFlow === id;
    return [{ id, target: flow.target, condition: feelOrNull(flow.condition), isDefault }];
  });

/** Ids of the boundary events of a level by host. */
const boundaryEvents = ({ nodes }: ParsedScope): ReadonlyMap<string, readonly string[]> => {
  const byHost = new Map<string, string[]>();
  for (const { id, attachedTo } of nodes) {
    if (attachedTo === null) continue;
    const ids = byHost.get(attachedTo);
    if (ids === undefined) byHost.set(attachedTo, [id]);
    else ids.push(id);
  }
  return byHost;
};

/** Compiles the nodes of one level and of those inside; nodes that are not executed are left out. */
export function compileNodes(
  definitions: ParsedDefinitions,
  process: ParsedProcess,
  scope: ParsedScope,
  containers: readonly ParsedNode[],
): readonly FlowNodeBase[] {
  const flows: FlowTable = new Map(scope.flows.map((flow) => [flow.id, flow]));
  const boundary = boundaryEvents(scope);
  return scope.nodes.flatMap((node) => {
    const element = elementOf(node);
    const context: NodeContext = { node, definitions, process, scope, containers };
    const inner =
      node.content === null
        ? []
        : compileNodes(definitions, process, node.content, [node, ...containers]);
    if (element === null) return inner;
    const base: FlowNodeBase = {
      kind: element.kind,
      id: node.id,
      name: node.name,
      scopeId: containers[0]?.id ?? process.id,
      incoming: node.incoming,
      outgoing: flowsOut(node, flows),
      inputs: node.extensions.inputs.map(mappingOf),
      outputs: node.extensions.outputs.map(mappingOf),
      boundary: boundary.get(node.id) ?? [],
      multiInstance: multiInstanceOf(node.loop),
      headers: { ...node.extensions.properties, ...node.extensions.headers },
    };
    return [{ ...base, ...element.compile?.(context) }, ...inner];
  });
}
