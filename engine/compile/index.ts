/** The door of the compiler: parsed tree → executable processes. */
import type { Finding } from '../errors/index.js';
import type {
  ExecutableProcess,
  FlowNodeBase,
  ParsedDefinitions,
  ParsedProcess,
  ProcessLimits,
  ScopePlan,
} from '../model/index.js';
import { compileNodes } from './nodes.js';
import {
  allNodes,
  checkResources,
  formsOf,
  NO_RESOURCES,
  type Resources,
  withRequired,
} from './resources.js';
import { planScopes, planStarts } from './scopes.js';

export { allNodes, NO_RESOURCES, type Resources } from './resources.js';

/** Limits of a process that does not set its own. */
export const DEFAULT_LIMITS: ProcessLimits = {
  movesAStep: 10_000,
  collectionSize: 10_000,
  variableBytes: 64 * 1024,
  processBytes: 256 * 1024,
  payloadBytes: 512 * 1024,
};

const limitsOf = ({ properties }: ParsedProcess): ProcessLimits => {
  const moves = Number(properties['jornada:movesAStep']);
  return Number.isInteger(moves) && moves > 0
    ? { ...DEFAULT_LIMITS, movesAStep: moves }
    : DEFAULT_LIMITS;
};

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

function compileProcess(
  definitions: ParsedDefinitions,
  process: ParsedProcess,
  resources: Resources,
): ExecutableProcess {
  const { id, name, versionTag, content, properties } = process;
  const nodes = allNodes(content);
  const runsUnder = resources.runsUnder[id];
  const promises = resources.promises[id];
  const called = nodes.flatMap(({ extensions }) => extensions.calledDecision?.decisionId ?? []);
  const shown = nodes
    .filter(({ tag }) => tag === 'userTask')
    .flatMap(({ extensions }) => extensions.form?.formId ?? []);
  return {
    format: 1,
    id,
    name,
    versionTag,
    zone: properties['jornada:zone'] ?? 'UTC',
    limits: limitsOf(process),
    nodes: byId<FlowNodeBase>(compileNodes(definitions, process, content, [])),
    scopes: byId<ScopePlan>(planScopes(id, null, content)),
    starts: planStarts(definitions, process),
    decisions: withRequired(resources.decisions, called),
    forms: formsOf(resources.forms, shown),
    variables: resources.declarations[id] ?? [],
    calendars: resources.calendars[id] ?? {},
    ...(runsUnder !== undefined && { runsUnder }),
    ...(promises !== undefined && { promises }),
  };
}

const executable = ({ processes }: ParsedDefinitions): readonly ParsedProcess[] =>
  processes.filter(({ isExecutable }) => isExecutable);

/** Findings on what the executable processes of a file name and the deployment lacks. Class: pure. */
export function checkDefinitions(
  definitions: ParsedDefinitions,
  resources: Resources,
): readonly Finding[] {
  return executable(definitions).flatMap((process) => checkResources(process, resources));
}

/**
 * Compiles every executable process of a file.
 *
 * @param definitions - parsed tree that validation has found without errors
 * @param resources - decisions, forms and declarations of the deployment
 * @returns processes in document order, and findings on resources that are missing
 * Class: pure.
 */
export function compileDefinitions(
  definitions: ParsedDefinitions,
  resources: Resources = NO_RESOURCES,
): { readonly processes: readonly ExecutableProcess[]; readonly findings: readonly Finding[] } {
  return {
    processes: executable(definitions).map((process) =>
      compileProcess(definitions, process, resources),
    ),
    findings: checkDefinitions(definitions, resources),
  };
}
