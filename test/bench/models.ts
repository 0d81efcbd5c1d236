import { readFileSync } from 'node:fs';
import { compileDefinitions } from '../../engine/compile/index.js';
import type { ExecutableProcess } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';

/** The path of a model of the bench. */
export const modelPath = (name: string): string => `test/fixtures/bench/${name}.bpmn`;

/** Source of a model. */
export const readModel = (name: string): string => readFileSync(modelPath(name), 'utf8');

/** Parses and compiles a model of the bench. */
export async function loadModel(name: string): Promise<ExecutableProcess> {
  const { definitions, findings } = await parseBpmn(readModel(name), name);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (definitions === null || errors.length > 0) throw new Error(JSON.stringify(findings));
  const [process] = compileDefinitions(definitions).processes;
  if (process === undefined) throw new Error(`${name} has no process`);
  return process;
}
