/** Scenarios of a package in memory, and what they reach of its models. Class: pure. */
import { allNodes } from '../engine/compile/index.js';
import type { Finding } from '../engine/errors/index.js';
import { parseBpmn } from '../engine/parse/index.js';
import {
  createPlayHost,
  type Mismatch,
  readScenarios,
  runScenario,
  type Scenario,
  type ScenarioResult,
} from '../engine/play/scenario/index.js';
import { deploy } from './deployment.js';
import { sourcesOf, type Workspace } from './workspace.js';

/** What came of one scenario. */
export interface ScenarioRun {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Codes by which its model is refused. */
  readonly refused: readonly string[];
  readonly incidents: readonly { element: string; code: string; message: string }[];
}

/** What runs reach of a model: each of its elements and flows, and how often it was entered or taken. */
export interface Coverage {
  readonly file: string;
  readonly processId: string;
  readonly reached: Readonly<Record<string, number>>;
  /** Ids of what can be reached. */
  readonly elements: readonly string[];
}

/** What came of all of them. */
export interface ScenarioReport {
  readonly runs: readonly ScenarioRun[];
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
}

/** Runs one; null: it names sources that are not there. A bug of ours passes through. */
export async function runOne(
  workspace: Workspace,
  scenario: Scenario,
  file: string,
): Promise<ScenarioResult | null> {
  const found = sourcesOf(workspace, scenario, file);
  if (found === null) return null;
  const choice = { id: scenario.id ?? null, packageKey: found.packageKey };
  return runScenario(scenario, await deploy(found.sources, choice), createPlayHost);
}

/** Runs all of a package, or those of one file. @param only - a file, or null */
export async function runAll(workspace: Workspace, only: string | null): Promise<ScenarioReport> {
  const runs: ScenarioRun[] = [];
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  for (const [file, text] of Object.entries(workspace.files)) {
    if (!/^scenarios\/.*\.ya?ml$/.test(file) || (only !== null && only !== file)) continue;
    const read = readScenarios(text, file);
    findings.push(...read.findings);
    for (const scenario of read.scenarios) {
      const result = await runOne(workspace, scenario, file);
      runs.push(toldOf(scenario, file, result));
      for (const { processId, entry } of result?.journal ?? []) {
        const id = reachedBy(entry);
        if (id === null) continue;
        const key = `${processId} ${id}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return { runs, findings, coverage: await coverageOf(workspace, counts) };
}

function toldOf({ name }: Scenario, file: string, result: ScenarioResult | null): ScenarioRun {
  if (result === null) {
    const actual = 'it names a model that is not there';
    const mismatches = [{ at: 'process', expected: 'models of packages', actual }];
    return { file, name, ok: false, mismatches, refused: [], incidents: [] };
  }
  const { ok, mismatches, refused, incidents } = result;
  return { file, name, ok, mismatches, refused, incidents };
}

const reachedBy = ({ kind, elementId }: ScenarioResult['journal'][number]['entry']) =>
  kind === 'elementEntered' || kind === 'flowTaken' ? elementId : null;

async function coverageOf(
  { files }: Workspace,
  counts: ReadonlyMap<string, number>,
): Promise<readonly Coverage[]> {
  const models = Object.entries(files).filter(([path]) => path.endsWith('.bpmn'));
  const read = models.map(async ([file, text]) => {
    const { definitions } = await parseBpmn(text, file);
    return (definitions?.processes ?? []).map(({ id: processId, content }) => {
      const nodes = allNodes(content);
      const flows = [content, ...nodes.flatMap((node) => node.content ?? [])].flatMap(
        (one) => one.flows,
      );
      const elements = [...nodes, ...flows].map(({ id }) => id);
      const reached = elements.flatMap((id) => {
        const count = counts.get(`${processId} ${id}`);
        return count === undefined ? [] : [[id, count] as const];
      });
      return { file, processId, reached: Object.fromEntries(reached), elements };
    });
  });
  return (await Promise.all(read)).flat();
}
