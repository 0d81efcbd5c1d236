/**
 * Sources → what can run, or the findings that refuse it. All files of a deployment are judged together, so that
 * everything that is wrong with it is told at once. Class: pure but for what `known` reads.
 */
import {
  allNodes,
  checkDefinitions,
  compileDefinitions,
  type Resources,
} from '../engine/compile/index.js';
import { parseDmn } from '../engine/decisions/parse/index.js';
import { type Finding, finding } from '../engine/errors/index.js';
import { parseForm } from '../engine/forms/index.js';
import type { DecisionPlan, ExecutableProcess, Form } from '../engine/model/index.js';
import { type ParseResult, parseBpmn } from '../engine/parse/index.js';
import {
  calledProcesses,
  type ValidationOptions,
  validateDefinitions,
} from '../engine/validate/index.js';
import { type Declared, readDeclarations } from './declarations.js';

/** A file by the path that findings name it by. */
export interface SourceFile {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** The files of a deployment by what they are. */
export interface Sources {
  readonly models: readonly SourceFile[];
  readonly decisions: readonly SourceFile[];
  readonly forms: readonly SourceFile[];
  /** `process.yaml` of the packages. */
  readonly descriptions: readonly SourceFile[];
}

/** How strictly a deployment is judged. */
export type Mode = ValidationOptions['mode'];

/** What is known besides the sources. */
export interface Surroundings {
  readonly mode: Mode;
  /** Which of these processes there are elsewhere; null: nobody can tell, and calls are not judged by it. */
  readonly known: ((processIds: readonly string[]) => Promise<readonly string[]>) | null;
  /** Whether forms that are not among the sources are missing. */
  readonly hasAllForms: boolean;
  /** Whether two processes of one id are two versions, and not a mistake. */
  readonly allowsVersions: boolean;
  /** Whether this was deployed before: then it is compiled whatever is found, for instances pin it. */
  readonly isDeployed: boolean;
}

/** A decision or form, and the file that it stands in. */
export interface CompiledResource {
  readonly kind: 'decision' | 'form';
  readonly id: string;
  readonly name: string | null;
  readonly path: string;
  /** Of a decision: its file as a whole, by the id that it gives itself or else by its path. */
  readonly requirements: { readonly id: string; readonly name: string | null } | null;
}

/** Where a process comes from. */
export interface ProcessOrigin {
  /** The file that holds it. */
  readonly path: string;
  /** The form of its start event that nothing triggers; null: it has none. */
  readonly startFormId: string | null;
}

/** What came of the sources. With a finding that is an error, no process is compiled. */
export interface CompiledSources {
  /** By the model that holds them, in the order of the models. */
  readonly processes: readonly (readonly ExecutableProcess[])[];
  /** Of all that are executable, compiled or not. */
  readonly processIds: readonly string[];
  readonly resources: readonly CompiledResource[];
  readonly findings: readonly Finding[];
  /** Whether every model could be read: else more processes may be meant to be there. */
  readonly isWhole: boolean;
  /** By process, executable or not compiled: where it is drawn, and what starting it asks. */
  readonly origins: Readonly<Record<string, ProcessOrigin>>;
  /** Ids of the elements of all levels, by process. */
  readonly elementIds: Readonly<Record<string, readonly string[]>>;
}

/** Reads, judges and compiles every file. Findings name file and line. Errors: those of `known`. */
export async function compileSources(
  sources: Sources,
  surroundings: Surroundings,
): Promise<CompiledSources> {
  const decisions = await Promise.all(sources.decisions.map(readDecisions));
  const forms = sources.forms.map(readForm);
  const described = sources.descriptions.map(({ file, content }) => ({
    file,
    ...readDeclarations(textOf(content), file),
  }));
  const models = await Promise.all(sources.models.map(readModel));
  const resources = resourcesOf(decisions, forms, described, models, surroundings);
  const read = [...decisions, ...forms].flatMap((one) => one.resources);
  const judged = await judge(models, resources, surroundings);
  const findings = [
    ...[...decisions, ...forms, ...described].flatMap((one) => one.findings),
    ...twice('DMN_ID_DUPLICATE', 'decision', read),
    ...twice('FORM_ID_DUPLICATE', 'form', read),
    ...(surroundings.allowsVersions ? [] : processesTwice(models)),
    // What is missed may be in a file that cannot be read, and that is told.
    ...judged.filter(({ code }) => code !== 'DEPLOY_DECISION_MISSING' || decisions.every(isRead)),
  ];
  const isSound = surroundings.isDeployed || findings.every((one) => one.severity === 'warning');
  const processes = isSound ? models.map((model) => compile(model, resources)) : [];
  const elementIds = elementsOf(models);
  const origins = originsOf(models);
  const isWhole = models.every(({ definitions }) => definitions !== null);
  return {
    processes,
    processIds: idsOf(models),
    resources: read,
    findings,
    isWhole,
    elementIds,
    origins,
  };
}

/** The content of a file as text in UTF-8. */
export function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
}

interface Read<T> {
  readonly found: readonly T[];
  readonly resources: readonly CompiledResource[];
  readonly findings: readonly Finding[];
}

const isRead = ({ resources, findings }: Read<unknown>): boolean =>
  resources.length > 0 || findings.every(({ severity }) => severity === 'warning');

async function readDecisions({ file, content }: SourceFile): Promise<Read<DecisionPlan>> {
  const { id: fileId, name: fileName, decisions, findings } = await parseDmn(content, file);
  const requirements = { id: fileId ?? file, name: fileName };
  const resources = decisions.map(
    ({ id, name }) => ({ kind: 'decision', id, name, path: file, requirements }) as const,
  );
  return { found: decisions, resources, findings };
}

function readForm({ file, content }: SourceFile): Read<Form> {
  const { id, form, findings } = parseForm(textOf(content), file);
  const of = { kind: 'form', name: null, path: file, requirements: null } as const;
  const resources = id === null ? [] : [{ ...of, id }];
  return { found: form === null ? [] : [form], resources, findings };
}

interface Model extends ParseResult {
  readonly file: string;
}

async function readModel({ file, content }: SourceFile): Promise<Model> {
  return { file, ...(await parseBpmn(content, file)) };
}

function resourcesOf(
  decisions: readonly Read<DecisionPlan>[],
  forms: readonly Read<Form>[],
  described: readonly DescribedFile[],
  models: readonly Model[],
  { hasAllForms }: Surroundings,
): Resources {
  const byId = <T extends { readonly id: string }>(all: readonly Read<T>[]): Record<string, T> =>
    Object.fromEntries(all.flatMap(({ found }) => found.map((one) => [one.id, one])));
  const formIds = forms.flatMap(({ resources }) => resources.map(({ id }) => id));
  return {
    decisions: byId(decisions),
    forms: byId(forms),
    formIds: hasAllForms && forms.every(isRead) ? new Set(formIds) : null,
    declarations: Object.assign({}, ...described.map(({ declarations }) => declarations)),
    calendars: Object.assign({}, ...described.map((one) => ofPackage(one, models, one.calendars))),
    runsUnder: Object.assign({}, ...described.map((one) => ofPackage(one, models, one.runsUnder))),
    promises: Object.assign({}, ...described.map((one) => ofPackage(one, models, one.promises))),
  };
}

interface DescribedFile extends Declared {
  readonly file: string;
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** What a package says of the process that it describes holds for the others that stand beside it, too. */
function ofPackage<T>(
  { file }: DescribedFile,
  models: readonly Model[],
  said: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const [value] = Object.values(said);
  if (value === undefined) return {};
  const beside = models.filter((model) => folderOf(model.file) === folderOf(file));
  return { ...Object.fromEntries(idsOf(beside).map((id) => [id, value])), ...said };
}

/** Ids that several files give, told at each but the first. */
function twice(
  code: 'DMN_ID_DUPLICATE' | 'FORM_ID_DUPLICATE',
  kind: CompiledResource['kind'],
  all: readonly CompiledResource[],
): readonly Finding[] {
  const ofKind = all.filter((one) => one.kind === kind);
  return repeated(ofKind).map(({ id, path, n }) => ({
    ...finding(code, id, { id, n }),
    file: path,
  }));
}

function processesTwice(models: readonly Model[]): readonly Finding[] {
  const all = models.flatMap(({ file, definitions }) =>
    executable(definitions).map(({ id, line }) => ({ id, line, file })),
  );
  // Within a file, ids are judged by the file alone.
  const [first] = all;
  if (all.every(({ file }) => file === first?.file)) return [];
  return repeated(all).map(({ id, line, file, n }) => ({
    ...finding('BPMN_ID_DUPLICATE', id, { id, n }),
    file,
    line,
  }));
}

function repeated<T extends { readonly id: string }>(
  all: readonly T[],
): readonly (T & { n: number })[] {
  const seen = new Set<string>();
  return all.flatMap((one) => {
    const isKnown = seen.has(one.id);
    seen.add(one.id);
    return isKnown ? [{ ...one, n: all.filter(({ id }) => id === one.id).length }] : [];
  });
}

const executable = (definitions: ParseResult['definitions']) =>
  (definitions?.processes ?? []).filter(({ isExecutable }) => isExecutable);

const idsOf = (models: readonly Model[]): readonly string[] =>
  models.flatMap(({ definitions }) => executable(definitions).map(({ id }) => id));

const originsOf = (models: readonly Model[]): CompiledSources['origins'] =>
  Object.fromEntries(
    models.flatMap(({ file: path, definitions }) =>
      executable(definitions).map(({ id, content }) => {
        const start = content.nodes.find((one) => one.tag === 'startEvent' && !one.triggers.length);
        return [id, { path, startFormId: start?.extensions.form?.formId ?? null }];
      }),
    ),
  );

const elementsOf = (models: readonly Model[]): CompiledSources['elementIds'] =>
  Object.fromEntries(
    models.flatMap(({ definitions }) =>
      executable(definitions).map(({ id, content }) => [
        id,
        allNodes(content).map((one) => one.id),
      ]),
    ),
  );

/** What parse, the rules and the resources say of each model. */
async function judge(
  models: readonly Model[],
  resources: Resources,
  { mode, known }: Surroundings,
): Promise<readonly Finding[]> {
  const own = idsOf(models);
  const called = models.flatMap(({ definitions }) =>
    definitions === null ? [] : calledProcesses(definitions),
  );
  const missing = [...new Set(called)].filter((id) => !own.includes(id));
  const elsewhere = known === null || missing.length === 0 ? [] : await known(missing);
  const deployed = [...own, ...elsewhere];
  const isWhole = models.every(({ definitions }) => definitions !== null);
  const options = { mode, ...(known !== null && isWhole && { deployed }) };
  return models.flatMap(({ file, definitions, findings }) => {
    if (definitions === null) return findings;
    const judged = [
      ...validateDefinitions(definitions, options),
      ...checkDefinitions(definitions, resources),
    ];
    return [...findings, ...judged.map((one) => ({ ...one, file: one.file ?? file }))];
  });
}

function compile({ definitions }: Model, resources: Resources): readonly ExecutableProcess[] {
  return definitions === null ? [] : compileDefinitions(definitions, resources).processes;
}
