/** From a drawn model to processes: read, judged and compiled as a deployment is. */
import { compileDefinitions, type Resources } from '../../engine/compile/index.js';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';

/** The decision that business rule tasks call. */
const RESOURCES: Resources = {
  decisions: {
    raised: {
      id: 'raised',
      name: 'raised',
      variable: 'raised',
      requires: [],
      logic: { kind: 'literal', feel: 'n0 + 100' },
    },
  },
  forms: {},
  formIds: null,
  declarations: {},
  calendars: {},
  runsUnder: {},
  promises: {},
};

/** @throws when the file is not accepted without an error: a model is sound by construction */
export async function load(xml: string): Promise<ReadonlyMap<string, ExecutableProcess>> {
  const parsed = await parseBpmn(xml, 'random.bpmn');
  if (parsed.definitions === null) throw new Error(JSON.stringify(parsed.findings, null, 1));
  const compiled = compileDefinitions(parsed.definitions, RESOURCES);
  const findings = [
    ...parsed.findings,
    ...validateDefinitions(parsed.definitions, { mode: 'strict' }),
    ...compiled.findings,
  ];
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  return new Map(compiled.processes.map((process) => [process.id, process]));
}
