/**
 * What is wrong with the files of scenarios, and what no scenario of the package tries: end events, of every level, and forms.
 * The scenarios are run in memory for it; those that do not hold are told by `jornada scenario run`.
 * Class: pure but for the runs.
 */
import { type Finding, finding } from '../../engine/errors/index.js';
import {
  type ReadScenarios,
  readScenarios,
  type Scenario,
} from '../../engine/play/scenario/index.js';
import { distinct, type LintedPackage } from './package.js';

/** A scenario of the package, and the file that it stands in. */
export interface LintedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

interface ScenarioFile extends ReadScenarios {
  readonly file: string;
}

const filesOf = ({ files }: LintedPackage): readonly ScenarioFile[] =>
  Object.entries(files)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .map(([file, text]) => ({ file, ...readScenarios(text, file) }));

/** The scenarios of the package, without those that are wrong. Class: pure. */
export function scenariosOf(found: LintedPackage): readonly LintedScenario[] {
  return filesOf(found).flatMap(({ file, scenarios }) =>
    scenarios.map((scenario) => ({ file, scenario })),
  );
}

/** What is no scenario: an unknown key, a wrong value, YAML that cannot be read. */
export function wrongScenarios(found: LintedPackage): readonly Finding[] {
  return filesOf(found).flatMap(({ file, findings }) => findings.map((one) => ({ ...one, file })));
}

/** Forms of tasks that no scenario completes. */
export function untriedForms(found: LintedPackage): readonly Finding[] {
  if (filesOf(found).some(({ ok }) => !ok)) return [];
  const tasks = found.processes.flatMap(({ file, nodes }) =>
    nodes.flatMap(({ id, line, tag, extensions: { form } }) =>
      tag === 'userTask' && form?.formId ? [{ id, line, file, formId: form.formId }] : [],
    ),
  );
  const completed = new Set(
    scenariosOf(found).flatMap(({ scenario: { steps } }) =>
      steps.flatMap(({ complete }) => complete?.task ?? []),
    ),
  );
  return distinct(tasks.map(({ formId }) => formId)).flatMap((form) => {
    const shown = tasks.filter(({ formId }) => formId === form);
    const [first] = shown;
    if (!first || shown.some(({ id }) => completed.has(id))) return [];
    const { id, file, line } = first;
    return [{ ...finding('PACKAGE_FORM_UNTRIED', id, { form, id }), file, line }];
  });
}

/** End events that no scenario reaches; where one could not be run, that alone. */
export async function untriedEnds(found: LintedPackage): Promise<readonly Finding[]> {
  const { reached, hindrances } = await runAll(found);
  const [detail] = hindrances;
  if (detail !== undefined) return [finding('PACKAGE_SCENARIOS_UNRUN', null, { detail })];
  return found.processes.flatMap(({ id: process, file, nodes }) =>
    nodes
      .filter(({ tag, id }) => tag === 'endEvent' && !reached.has(`${process} ${id}`))
      .map(({ id, line }) => ({ ...finding('PACKAGE_END_UNTRIED', id, { id }), file, line })),
  );
}

/** What else it would have reached is not known; `jornada scenario run` says why. */
const CRASHED = { journal: [], refused: [] } as const;

/** `process element` of all that was entered, and why scenarios could not be run. */
async function runAll(found: LintedPackage) {
  const reached = new Set<string>();
  const unread = filesOf(found).filter(({ ok }) => !ok);
  const hindrances = unread.map(({ file }) => `'${file}' is wrong`);
  for (const { file, scenario } of scenariosOf(found)) {
    const result = await found.run(scenario, file).catch(() => CRASHED);
    if (result === null) hindrances.push(`'${file}' names what is not there`);
    const { journal, refused } = result ?? CRASHED;
    if (refused.length > 0 && scenario.expect.refused === undefined) {
      hindrances.push(`their model is refused (${refused.join(', ')})`);
    }
    for (const { processId, entry } of journal) {
      if (entry.kind === 'elementEntered') reached.add(`${processId} ${entry.elementId}`);
    }
  }
  return { reached, hindrances };
}
