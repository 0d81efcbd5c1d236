/**
 * What no scenario of the package tries: end events, of every level, and forms. The scenarios are run in memory for it; those
 * that do not hold are told by `jornada scenario run`. Class: side effect (reads files).
 */
import { join } from 'node:path';
import { type Finding, finding } from '../../engine/errors/index.js';
import { createPlayHost, readScenarios, type Scenario } from '../../engine/play/scenario/index.js';
import { runOfFile } from '../deployment/scenario.js';
import { distinct, type LintedPackage } from './package.js';

/** A scenario of the package, and the file that it stands in. */
export interface LintedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** The scenarios of the package; a file that is none is told by `jornada scenario run`. Class: pure. */
export function scenariosOf({ files }: LintedPackage): readonly LintedScenario[] {
  return Object.entries(files)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .flatMap(([file, text]) =>
      readScenarios(text, file).scenarios.map((scenario) => ({ file, scenario })),
    );
}

/** Forms of tasks that no scenario completes. */
export function untriedForms(found: LintedPackage): readonly Finding[] {
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

/** End events that no scenario reaches. */
export async function untriedEnds(found: LintedPackage): Promise<readonly Finding[]> {
  const reached = await reachedIn(found);
  return found.processes.flatMap(({ id: process, file, nodes }) =>
    nodes
      .filter(({ tag, id }) => tag === 'endEvent' && !reached.has(`${process} ${id}`))
      .map(({ id, line }) => ({ ...finding('PACKAGE_END_UNTRIED', id, { id }), file, line })),
  );
}

/** `process element` of all that was entered. */
async function reachedIn(found: LintedPackage): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  for (const { file, scenario } of scenariosOf(found)) {
    try {
      const path = join(found.folder, file);
      const { journal } = await runOfFile(scenario, path, createPlayHost);
      for (const { processId, entry } of journal) {
        if (entry.kind === 'elementEntered') reached.add(`${processId} ${entry.elementId}`);
      }
    } catch {
      // What it would have reached is not known; `jornada scenario run` says why.
    }
  }
  return reached;
}
