/**
 * Sources → what can run, or the findings that refuse it. Results are kept by content, so that thousands of
 * scenarios of one model compile it once; the memory for it is bounded.
 * Class: pure but for the memory.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '../engine/errors/index.js';
import type { ExecutableProcess } from '../engine/model/index.js';
import type { Deployment, DeploymentSources, SourceFile } from '../engine/play/scenario/index.js';
import { compileSources, type Surroundings, textOf } from '../registry/index.js';

/** What came of all sources; processes by the model that holds them, in its order. */
export interface Compiled {
  readonly findings: readonly Finding[];
  readonly processes: readonly (readonly ExecutableProcess[])[];
}

/** Which process of the first model is meant. */
export interface Choice {
  readonly id: string | null;
  readonly packageKey: string | null;
}

const MAX_KEPT = 64;
const kept = new Map<string, Promise<Compiled>>();

/** A deployment of sources and nothing else, whose first model holds the process that a scenario is about. */
export async function deploy(sources: DeploymentSources, choice: Choice): Promise<Deployment> {
  const { findings, processes } = await compileOnce(sources);
  const own = processes[0]?.map(({ id }) => id) ?? [];
  const byKey = own.find((id) => id === choice.packageKey);
  const mainId = choice.id ?? byKey ?? own[0] ?? null;
  return { sources, findings, processes: processes.flat(), mainId };
}

/** The answer for equal sources is the same object. */
function compileOnce(sources: DeploymentSources): Promise<Compiled> {
  const key = keyOf(sources);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const oldest = kept.keys().next();
  if (kept.size >= MAX_KEPT && !oldest.done) kept.delete(oldest.value);
  const compiled = compile(sources, async () => []);
  kept.set(key, compiled);
  return compiled;
}

/**
 * Reads, judges and compiles sources.
 *
 * @param known - which of the processes that are called, and are not in the sources, there are elsewhere
 */
export function compile(
  { models, decisions, forms, descriptions = [] }: DeploymentSources,
  known: Surroundings['known'],
): Promise<Compiled> {
  const texts = models.map(({ content }) => textOf(content));
  const isPackage = forms.some(({ file }) => /[\\/]forms[\\/]/.test(file));
  return compileSources(
    {
      models,
      decisions: decisions.filter(isNamed(texts, 'decisionId', 'decisions')),
      forms: forms.filter(isNamed(texts, 'formId', 'forms')),
      descriptions,
    },
    { mode: 'strict', known, hasAllForms: isPackage, allowsVersions: true, isDeployed: false },
  );
}

/** What lies in the folder of a package always counts; a file that only happens to lie beside must be named. */
function isNamed(
  models: readonly string[],
  attribute: 'decisionId' | 'formId',
  folder: string,
): (source: SourceFile) => boolean {
  const pattern = new RegExp(`\\b${attribute}\\s*=\\s*["']([^"']*)["']`, 'g');
  const ids = models.flatMap((text) => [...text.matchAll(pattern)].map(([, id = '']) => id.trim()));
  const isComputed = ids.some((id) => id.startsWith('='));
  return ({ file, content }) => {
    if (isComputed || file.split(/[\\/]/).includes(folder)) return true;
    const text = textOf(content);
    return ids.some((id) => text.includes(`"${id}"`));
  };
}

/** Whether a finding refuses a deployment: warnings do not. */
export function isError({ severity }: Finding): boolean {
  return severity !== 'warning';
}

function keyOf({ models, decisions, forms, descriptions = [] }: DeploymentSources): string {
  const hash = createHash('sha256');
  for (const [role, files] of Object.entries({ models, decisions, forms, descriptions })) {
    for (const { file, content } of files) {
      hash.update(`${role} ${file} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}
