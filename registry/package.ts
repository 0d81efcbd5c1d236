/** A package: reads and compiles all its files together, all or nothing. */
import { createHash } from 'node:crypto';
import { compileDefinitions, type Resources } from '../engine/compile/index.js';
import { parseDmn } from '../engine/decisions/parse/index.js';
import { type Finding, finding } from '../engine/errors/index.js';
import type { DecisionPlan, ExecutableProcess } from '../engine/model/index.js';
import { parseBpmn } from '../engine/parse/index.js';
import { type ValidationOptions, validateDefinitions } from '../engine/validate/index.js';
import { DESCRIPTION_FILE, readDeclarations } from './declarations.js';

/** Path inside the package → text. */
export type PackageFiles = Readonly<Record<string, string>>;

/** A decision or form, and the file that it stands in. */
export interface CompiledResource {
  readonly kind: 'decision' | 'form';
  readonly id: string;
  readonly name: string | null;
  readonly path: string;
}

/** What a package holds. It is fit to run only when no finding is an error. */
export interface CompiledPackage {
  readonly processes: readonly ExecutableProcess[];
  readonly resources: readonly CompiledResource[];
  readonly findings: readonly Finding[];
}

/**
 * The hash of a package: SHA-256 over its files by path. Line ends count as one, so that a check-out on another
 * system is the same package. Class: pure.
 */
export function hashPackage(files: PackageFiles): string {
  const hash = createHash('sha256');
  for (const [path, text] of sorted(files)) {
    const canonical = text.replaceAll('\r\n', '\n');
    hash.update(`${JSON.stringify(path)} ${Buffer.byteLength(canonical)}\n`).update(canonical);
  }
  return hash.digest('hex');
}

/** How strictly a package is judged. */
export type Mode = ValidationOptions['mode'];

/** Reads, judges and compiles every file of a package. Findings name file and line. Class: pure. */
export async function compilePackage(
  files: PackageFiles,
  mode: Mode = 'strict',
): Promise<CompiledPackage> {
  const findings: Finding[] = [];
  const decisions: Record<string, DecisionPlan> = {};
  const resources: CompiledResource[] = [];
  for (const [path, text] of sorted(files)) {
    if (path.endsWith('.dmn')) await readDecisions(path, text, decisions, resources, findings);
    else if (path.endsWith('.form')) readForm(path, text, resources, findings);
  }
  const description = files[DESCRIPTION_FILE];
  const described =
    description === undefined
      ? { declarations: {}, findings: [] }
      : readDeclarations(description, DESCRIPTION_FILE);
  findings.push(...described.findings);
  const forms = resources.filter(({ kind }) => kind === 'form').map(({ id }) => id);
  const processes = await readProcesses(
    files,
    { decisions, forms: new Set(forms), declarations: described.declarations },
    mode,
    findings,
  );
  return { processes, resources, findings };
}

const sorted = (files: PackageFiles): readonly (readonly [string, string])[] =>
  Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));

async function readDecisions(
  path: string,
  text: string,
  decisions: Record<string, DecisionPlan>,
  resources: CompiledResource[],
  findings: Finding[],
): Promise<void> {
  const parsed = await parseDmn(text, path);
  findings.push(...parsed.findings);
  for (const decision of parsed.decisions) {
    decisions[decision.id] = decision;
    resources.push({ kind: 'decision', id: decision.id, name: decision.name, path });
  }
}

function readForm(
  path: string,
  text: string,
  resources: CompiledResource[],
  findings: Finding[],
): void {
  const id = formIdIn(text);
  if (id !== null) resources.push({ kind: 'form', id, name: null, path });
  else findings.push({ ...finding('DEPLOY_FORM_INVALID', null, { path }), file: path });
}

function formIdIn(text: string): string | null {
  try {
    const form: unknown = JSON.parse(text);
    const hasId = typeof form === 'object' && form !== null && 'id' in form;
    return hasId && typeof form.id === 'string' ? form.id : null;
  } catch {
    return null;
  }
}

async function readProcesses(
  files: PackageFiles,
  resources: Resources,
  mode: Mode,
  findings: Finding[],
): Promise<readonly ExecutableProcess[]> {
  const processes: ExecutableProcess[] = [];
  for (const [path, text] of sorted(files)) {
    if (!path.endsWith('.bpmn')) continue;
    const { definitions, findings: found } = await parseBpmn(text, path);
    findings.push(...found);
    if (definitions === null || found.some(({ severity }) => severity === 'error')) continue;
    const judged = validateDefinitions(definitions, { mode });
    findings.push(...judged.map((one) => ({ ...one, file: one.file ?? path })));
    const compiled = compileDefinitions(definitions, resources);
    findings.push(...compiled.findings.map((one) => ({ ...one, file: one.file ?? path })));
    processes.push(...compiled.processes);
  }
  return processes;
}
