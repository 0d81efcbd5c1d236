/**
 * Sources → what can run, or the findings that refuse it. Results are kept by content, so that thousands of
 * scenarios of one model compile it once; the memory for it is bounded.
 * Class: pure but for the memory.
 */
import { createHash } from 'node:crypto';
import { allNodes, compileDefinitions, type Resources } from '../../engine/compile/index.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import type { Finding } from '../../engine/errors/index.js';
import type { DecisionPlan, ExecutableProcess } from '../../engine/model/index.js';
import { type ParseResult, parseBpmn } from '../../engine/parse/index.js';
import type {
  Deployment,
  DeploymentSources,
  SourceFile,
} from '../../engine/play/scenario/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { readDeclarations } from '../../registry/index.js';
import { textOf } from './files.js';

/** What came of all sources; processes by the model that holds them, in its order. */
export interface Compiled {
  readonly sources: DeploymentSources;
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

/** `whole`: nothing else will be deployed; `part`: what is called may be elsewhere. */
export type SourceScope = 'whole' | 'part';

/** Parses, validates and compiles sources; the answer for equal sources is the same object. */
export function compileSources(sources: DeploymentSources, scope: SourceScope): Promise<Compiled> {
  const key = `${scope} ${keyOf(sources)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const oldest = kept.keys().next();
  if (kept.size >= MAX_KEPT && !oldest.done) kept.delete(oldest.value);
  const compiled = compile(sources, scope);
  kept.set(key, compiled);
  return compiled;
}

/** A deployment of sources, whose first model holds the process that a scenario is about. */
export async function deploy(sources: DeploymentSources, choice: Choice): Promise<Deployment> {
  const { findings, processes } = await compileSources(sources, 'whole');
  const own = processes[0]?.map(({ id }) => id) ?? [];
  const byKey = own.find((id) => id === choice.packageKey);
  const mainId = choice.id ?? byKey ?? own[0] ?? null;
  return { sources, findings, processes: processes.flat(), mainId };
}

async function compile(sources: DeploymentSources, scope: SourceScope): Promise<Compiled> {
  const parsed = await Promise.all(
    sources.models.map(({ file, content }) => parseBpmn(content, file)),
  );
  const resources = await readResources(sources, parsed);
  const findings = [
    ...parsed.flatMap((one) => one.findings),
    ...judge(sources, parsed, scope),
    ...resources.findings,
  ];
  const compiled = findings.some(isError)
    ? []
    : parsed.map((result, index) => {
        const { processes, findings: missing } = compileOne(result, resources);
        const file = sources.models[index]?.file ?? null;
        findings.push(...missing.map((one) => ({ ...one, file })));
        return processes;
      });
  return { sources, findings, processes: compiled };
}

/** What the rules say of each file. A call must lead to a process of the set, if that is whole. */
function judge(
  { models }: DeploymentSources,
  parsed: readonly ParseResult[],
  scope: SourceScope,
): readonly Finding[] {
  const ids = parsed.map(({ definitions }) =>
    (definitions?.processes ?? []).filter(({ isExecutable }) => isExecutable).map(({ id }) => id),
  );
  return parsed.flatMap(({ definitions }, index) => {
    if (definitions === null) return [];
    const deployed = ids.filter((_ids, other) => other !== index).flat();
    const options = { mode: 'strict', ...(scope === 'whole' && { deployed }) } as const;
    const file = models[index]?.file ?? null;
    return validateDefinitions(definitions, options).map((found) => ({ ...found, file }));
  });
}

function compileOne({ definitions }: ParseResult, resources: Resources) {
  return definitions === null
    ? { processes: [], findings: [] }
    : compileDefinitions(definitions, resources);
}

async function readResources(
  { decisions, forms, descriptions = [] }: DeploymentSources,
  parsed: readonly ParseResult[],
): Promise<Resources & { readonly findings: readonly Finding[] }> {
  const called = calledDecisions(parsed);
  const wanted = decisions.filter((source) => isWanted(source, called));
  const read = await Promise.all(wanted.map(({ file, content }) => parseDmn(content, file)));
  const plans: Record<string, DecisionPlan> = {};
  for (const { decisions: found } of read) for (const plan of found) plans[plan.id] = plan;
  const isPackage = forms.some(({ file }) => /[\\/]forms[\\/]/.test(file));
  const formIds = forms.map(formIdOf);
  const described = descriptions.map(({ file, content }) =>
    readDeclarations(textOf(content), file),
  );
  return {
    decisions: plans,
    forms: isPackage ? new Set(formIds.filter((id) => id !== null)) : null,
    declarations: Object.assign({}, ...described.map(({ declarations }) => declarations)),
    findings: [...read, ...described].flatMap(({ findings }) => findings),
  };
}

/** Decisions of a package always count; a file that only happens to lie beside must be called. */
function isWanted({ file, content }: SourceFile, called: readonly string[]): boolean {
  if (/[\\/]decisions[\\/]/.test(file)) return true;
  if (called.some((id) => id.trim().startsWith('='))) return true;
  const text = textOf(content);
  return called.some((id) => text.includes(`"${id}"`));
}

function calledDecisions(parsed: readonly ParseResult[]): readonly string[] {
  return parsed.flatMap(({ definitions }) =>
    (definitions?.processes ?? []).flatMap(({ content }) =>
      allNodes(content).flatMap(({ extensions }) => extensions.calledDecision?.decisionId ?? []),
    ),
  );
}

function formIdOf({ content }: SourceFile): string | null {
  try {
    const form: unknown = JSON.parse(textOf(content));
    const id = form !== null && typeof form === 'object' && 'id' in form ? form.id : null;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
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
