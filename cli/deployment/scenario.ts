/** One scenario of a file, run on a host. Class: side effect (reads files; whatever the host does). */
import { dirname } from 'node:path';
import { deploy } from '../../designer/deployment.js';
import {
  type CreateScenarioHost,
  runScenario,
  type Scenario,
  type ScenarioResult,
} from '../../engine/play/scenario/index.js';
import { findModel, readSources } from './files.js';

/** Runs it. Errors: `SCENARIO_FILE_MISSING`, `SCENARIO_PACKAGE_MISSING`; what crashes passes through. */
export async function runOfFile(
  scenario: Scenario,
  file: string,
  createHost: CreateScenarioHost,
): Promise<ScenarioResult> {
  const folder = dirname(file);
  const main = findModel(scenario.process, folder, `process of '${file}'`);
  const others = scenario.files.map((name) => findModel(name, folder, `files of '${file}'`));
  const sources = await readSources([main, ...others], `'${file}'`);
  const choice = { id: scenario.id ?? null, packageKey: main.packageKey };
  return runScenario(scenario, await deploy(sources, choice), createHost);
}
