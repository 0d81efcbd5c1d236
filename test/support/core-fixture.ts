/** Reads and compiles the models of `test/fixtures` that the tests of the core run. */
import { readFileSync } from 'node:fs';
import { compileDefinitions, NO_RESOURCES, type Resources } from '../../engine/compile/index.js';
import type { Finding } from '../../engine/errors/index.js';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';

/** A compiled model: its first executable process, all of them, and what was found wrong. */
export interface Fixture {
  readonly process: ExecutableProcess;
  readonly processes: readonly ExecutableProcess[];
  readonly findings: readonly Finding[];
}

/**
 * Compiles `test/fixtures/<path>.bpmn`.
 *
 * @param resources - decisions and declarations of the deployment
 * @throws when the file cannot be read as BPMN or holds no executable process
 */
export async function compileFixture(
  path: string,
  resources: Resources = NO_RESOURCES,
): Promise<Fixture> {
  const file = `test/fixtures/${path}.bpmn`;
  const parsed = await parseBpmn(readFileSync(file), file);
  if (parsed.definitions === null) throw new Error(JSON.stringify(parsed.findings, null, 1));
  const compiled = compileDefinitions(parsed.definitions, resources);
  const [process] = compiled.processes;
  if (process === undefined) throw new Error(`${file} holds no executable process`);
  const judged = validateDefinitions(parsed.definitions, { mode: 'strict' });
  const findings = [...parsed.findings, ...judged, ...compiled.findings];
  return { process, processes: compiled.processes, findings };
}
