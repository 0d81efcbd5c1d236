/** What a thread of the designer does, by name. Class: pure. */
import { comparePackages, type PackageChanges } from '../../engine/diff/index.js';
import type { Finding } from '../../engine/errors/index.js';
import type { Deployment } from '../../engine/play/scenario/index.js';
import {
  type PlayView,
  play,
  type Script,
  scenarioText,
  viewOf,
} from '../../engine/play/session/index.js';
import type { PackageFiles } from '../../registry/index.js';
import { deploy, isError } from '../deployment.js';
import { type Fix, fixesOf } from '../fixes/index.js';
import { lintPackage } from '../lint/index.js';
import { runAll, type ScenarioReport } from '../scenarios.js';
import { sourcesOf, type Workspace } from '../workspace.js';

/** A finding, and what would mend it. */
export type FixableFinding = Finding & { readonly fixes: readonly Fix[] };

/** What is wrong with a package that is to be played. */
export interface Unplayable {
  readonly findings: readonly Finding[];
}

interface PlayInput {
  readonly workspace: Workspace;
  readonly script: Script;
  /** Further packages whose processes it calls. */
  readonly files: readonly string[];
}

/** The tasks. */
export const TASKS = {
  /** `known`: processes that there are elsewhere. */
  lint: async (input: {
    readonly workspace: Workspace;
    readonly known: readonly string[];
  }): Promise<readonly FixableFinding[]> => {
    const { key, files } = input.workspace;
    const known = async (ids: readonly string[]) => ids.filter((id) => input.known.includes(id));
    const findings = await lintPackage(key, files, { known, run: null });
    return findings.map((one) => ({ ...one, fixes: fixesOf(one, files) }));
  },
  scenarios: (input: {
    readonly workspace: Workspace;
    readonly only: string | null;
  }): Promise<ScenarioReport> => runAll(input.workspace, input.only),
  play: async (input: PlayInput): Promise<PlayView | Unplayable> => {
    const deployment = await deploymentOf(input);
    const findings = deployment.findings.filter(isError);
    if (findings.length > 0) return { findings };
    return viewOf(await play(input.script, deployment));
  },
  /** The play as the text of a scenario file. */
  scenarioText: async (input: PlayInput & { readonly name: string }): Promise<string> => {
    const deployment = await deploymentOf(input);
    const played = await play(input.script, deployment);
    const files = input.files.map((key) => `../../${key}/process.bpmn`);
    return scenarioText(input.script, played, {
      name: input.name,
      process: '../process.bpmn',
      files,
    });
  },
  diff: (input: {
    readonly before: PackageFiles;
    readonly after: PackageFiles;
  }): Promise<PackageChanges> => comparePackages(input.before, input.after),
} as const;

/** Names of the tasks. */
export type TaskName = keyof typeof TASKS;
/** What a task is given. */
export type TaskInput<N extends TaskName> = Parameters<(typeof TASKS)[N]>[0];
/** What it comes to. */
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

/** All models of the package, with what lies beside them; what is called elsewhere comes along. */
async function deploymentOf({ workspace, script, files }: PlayInput): Promise<Deployment> {
  const { key, files: own } = workspace;
  const models = Object.keys(own).filter((path) => path.endsWith('.bpmn'));
  const [main = 'process.bpmn', ...more] = models.sort((a, b) => rank(a) - rank(b));
  const named = [...more.map((path) => `../${path}`), ...files];
  const found = sourcesOf(
    workspace,
    { process: `../${main}`, files: named },
    'scenarios/play.yaml',
  );
  if (found === null) return { processes: [], findings: [], mainId: null, sources: NOTHING };
  return deploy(found.sources, { id: script.process ?? null, packageKey: key });
}

const rank = (path: string): number => (path === 'process.bpmn' ? 0 : 1);
const NOTHING = { models: [], decisions: [], forms: [] };
