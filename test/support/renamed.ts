/** Another version of a model in which everything has another name and nothing else has changed. */
import { readFileSync } from 'node:fs';
import { compileDefinitions, NO_RESOURCES } from '../../engine/compile/index.js';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';

/** A renamed version, and the new id of each element and sequence flow by its old one. */
export interface Renamed {
  readonly process: ExecutableProcess;
  readonly ids: Readonly<Record<string, string>>;
}

/** What begins every new name. */
export const NEW = 'new-';

/** Attributes that hold the id of an element or of a sequence flow. */
const REFERENCES = /\b(id|sourceRef|targetRef|attachedToRef|default|bpmnElement)="([^"]*)"/g;
const INSIDE = /(<bpmn:(?:incoming|outgoing|flowNodeRef)>)([^<]*)(<)/g;

/** Compiles `test/fixtures/<path>.bpmn` with new ids for all that is in its first process. */
export async function compileRenamed(path: string, before: ExecutableProcess): Promise<Renamed> {
  const file = `test/fixtures/${path}.bpmn`;
  const old = [
    ...Object.values(before.nodes).flatMap(({ id, outgoing }) => [
      id,
      ...outgoing.map((flow) => flow.id),
    ]),
  ];
  const ids = Object.fromEntries(old.map((id) => [id, `${NEW}${id}`]));
  const renamed = (id: string): string => ids[id] ?? id;
  const text = readFileSync(file, 'utf8')
    .replace(REFERENCES, (_, name: string, id: string) => `${name}="${renamed(id)}"`)
    .replace(INSIDE, (_, open: string, id: string, close: string) => open + renamed(id) + close);
  const { definitions } = await parseBpmn(Buffer.from(text), file);
  const [process] =
    definitions === null ? [] : compileDefinitions(definitions, NO_RESOURCES).processes;
  if (process === undefined) throw new Error(`${file} cannot be renamed`);
  return { process, ids };
}
