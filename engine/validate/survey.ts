/** Makes the tables that rules look things up in, in one walk. Class: pure. */
import type { ParsedDefinitions, ParsedNode, ParsedProcess, ParsedScope } from '../model/index.js';
import type { Level, LevelKind, Model, Place, ValidationOptions } from './model.js';

/** Surveys the executable processes of a file. */
export function survey(definitions: ParsedDefinitions, options: ValidationOptions): Model {
  const tables: Tables = {
    levels: [],
    nodes: new Map(),
    flows: new Map(),
    levelOf: new Map(),
    places: new Map(),
  };
  for (const process of definitions.processes) {
    note(tables.places, process.id, process.line);
    for (const { id } of process.lanes) note(tables.places, id, process.line);
    if (process.isExecutable) addLevel(tables, process, process.content, null, null);
  }
  return { definitions, options, ...tables };
}

interface Tables {
  readonly levels: Level[];
  readonly nodes: Map<string, ParsedNode>;
  readonly flows: Map<string, Level['flows'][number]>;
  readonly levelOf: Map<string, Level>;
  readonly places: Map<string, Place>;
}

function addLevel(
  tables: Tables,
  process: ParsedProcess,
  { nodes, flows }: ParsedScope,
  container: ParsedNode | null,
  parent: Level | null,
): void {
  const level: Level = {
    kind: kindOf(container),
    id: container?.id ?? process.id,
    process,
    container,
    parent,
    nodes,
    flows,
    starts: nodes.filter(({ tag }) => tag === 'startEvent'),
    ends: nodes.filter(({ tag }) => tag === 'endEvent'),
    boundary: byHost(nodes),
  };
  tables.levels.push(level);
  for (const flow of flows) {
    tables.flows.set(flow.id, flow);
    note(tables.places, flow.id, flow.line);
  }
  for (const node of nodes) {
    tables.nodes.set(node.id, node);
    tables.levelOf.set(node.id, level);
    note(tables.places, node.id, node.line);
    if (node.content !== null) addLevel(tables, process, node.content, node, level);
  }
}

function kindOf(container: ParsedNode | null): LevelKind {
  if (container === null) return 'process';
  if (container.tag === 'adHocSubProcess') return 'adHocSubProcess';
  return container.isTriggeredByEvent ? 'eventSubProcess' : 'subProcess';
}

function byHost(nodes: readonly ParsedNode[]): ReadonlyMap<string, readonly ParsedNode[]> {
  const table = new Map<string, ParsedNode[]>();
  for (const node of nodes) {
    if (node.attachedTo === null) continue;
    const events = table.get(node.attachedTo);
    if (events === undefined) table.set(node.attachedTo, [node]);
    else events.push(node);
  }
  return table;
}

function note(places: Map<string, Place>, id: string, line: number | null): void {
  if (!places.has(id)) places.set(id, { line, position: places.size });
}
