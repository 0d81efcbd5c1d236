import type { ParsedLane, ParsedProcess } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { extensionOf, readProperties } from './extensions.js';
import { readFlows } from './flows.js';
import { readLanes } from './lanes.js';
import type { ModdleElement } from './moddle.js';
import { readScope } from './nodes.js';
import { elementsOf, flagOf, idOf, isA, textOf } from './properties.js';

/**
 * Reads one process with all its levels.
 *
 * @returns null when it has no id
 * Findings: those of what it holds. Source: BPMN 2.0.2 §10.1.
 */
export function readProcess(process: ModdleElement, context: ParseContext): ParsedProcess | null {
  const id = idOf(process);
  if (id === null) return null; // reported by the inventory
  const containers = levelsOf(process);
  const elements = containers.flatMap((container) => elementsOf(container, 'flowElements'));
  const flows = readFlows(elements, process, context);
  const tag = extensionOf(process, 'VersionTag', context);
  return {
    id,
    name: textOf(process, 'name'),
    line: context.lineOf(id),
    isExecutable: flagOf(process, 'isExecutable'),
    versionTag: tag && textOf(tag, 'value'),
    properties: readProperties(process, context),
    content: readScope(process, flows, context),
    ...(flows.broken.length > 0 && { brokenFlows: flows.broken }),
    lanes: containers.flatMap((container): readonly ParsedLane[] => readLanes(container, context)),
  };
}

/** A process and the sub-processes inside it, outer ones before inner ones. */
function levelsOf(container: ModdleElement): readonly ModdleElement[] {
  const inner = elementsOf(container, 'flowElements').filter((one) => isA(one, 'SubProcess'));
  return [container, ...inner.flatMap(levelsOf)];
}
