/**
 * Deployments as Camunda's API has them: files with a `process.yaml` are a package as they are; else each BPMN file becomes a
 * package under the id of its process, with all other files of the deployment beside it. All are deployed, or none.
 */
import { z } from 'zod';
import type { DeployedRow, FindingRow } from '../../contracts/control.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { DESCRIPTION_FILE } from '../../registry/index.js';
import type { ListedDecision, Store } from '../../store/index.js';
import { requirementsId } from './decisions.js';
import { invalid, TENANT } from './fields.js';
import { type KeyKind, keysFor } from './keys.js';
import { PROCESS_FILE } from './process-definitions.js';
import { Refusal } from './refusals.js';
import { definitionId } from './surroundings.js';
import { wireKey, wireTenant } from './wire-schemas.js';

/** A file as it was sent. */
export interface SentFile {
  readonly name: string;
  readonly text: string;
}

/** Folders are taken, ways out of a package are not. */
const NAME = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\0\\:/][^\0\\:]{0,250}$/;

/** The packages of a deployment. Errors: `INPUT_INVALID`; findings of a model that cannot be read. */
export async function packagesOf(
  files: readonly SentFile[],
): Promise<readonly { readonly key: string; readonly files: Readonly<Record<string, string>> }[]> {
  const odd = files.find(({ name }) => !NAME.test(name));
  if (odd) throw invalid('resources', `'${odd.name.slice(0, 80)}' is no name of a file`);
  const names = new Set(files.map(({ name }) => name));
  if (names.size < files.length) throw invalid('resources', 'two files have one name');
  const isModel = ({ name }: SentFile): boolean => /\.(bpmn|bpmn20\.xml)$/i.test(name);
  const models = files.filter(isModel);
  if (models.length === 0) throw invalid('resources', 'there is no BPMN file among them');
  if (names.has(DESCRIPTION_FILE)) {
    const main = models.find(({ name }) => name === PROCESS_FILE) ?? (models[0] as SentFile);
    const all = Object.fromEntries(files.map(({ name, text }) => [name, text]));
    return [{ key: await processIdIn(main.name, main.text), files: all }];
  }
  const others = files.filter((file) => !isModel(file));
  const beside = Object.fromEntries(others.map(({ name, text }) => [name, text]));
  return Promise.all(
    models.map(async ({ name, text }) => ({
      key: await processIdIn(name, text),
      files: { ...beside, [modelName(name)]: text },
    })),
  );
}

/** Models of a package are known by their ending. */
const modelName = (name: string): string => name.replace(/\.(bpmn|bpmn20\.xml)$/i, '.bpmn');

async function processIdIn(name: string, text: string): Promise<string> {
  const { definitions, findings } = await parseBpmn(Buffer.from(text), name);
  const process =
    definitions?.processes.find(({ isExecutable }) => isExecutable) ?? definitions?.processes[0];
  if (process) return process.id;
  // Why it cannot be read says more than that nothing was read.
  if (findings.length > 0) throw refusedFiles(findings);
  throw invalid('resources', `'${name}' holds no process`);
}

/** Why files are not deployed: a line for each finding that is more than a warning. */
export function refusedFiles(findings: readonly FindingRow[]): Refusal {
  const told = findings
    .filter(({ severity }) => severity !== 'warning')
    .map(({ code, message, file }) => `${file}: ${code}: ${message}`);
  return new Refusal(400, 'INVALID_ARGUMENT', told.join('\n'));
}

const KINDS: Readonly<Record<string, KeyKind>> = {
  ...{ process: 'processDefinition', form: 'form', decision: 'decision' },
};

/** What a deployment made, as the wire has it. */
export async function deploymentOf(store: Store, rows: readonly DeployedRow[]): Promise<object> {
  const hashes = new Map<string, string>();
  for (const { type, id, version, package: key } of rows) {
    if (type !== 'process') continue;
    const found = await store.definitions.processes.byVersion(id, version);
    if (found) hashes.set(key, found.packageHash);
  }
  // What did not change is still of the package that brought it.
  const forms = new Map<string, string>();
  const decisions = new Map<string, ListedDecision>();
  for (const { type, id, version } of rows) {
    if (type === 'form') {
      const found = await store.definitions.forms.byVersion(id, version);
      if (found) forms.set(id, found.packageHash);
    }
    if (type !== 'decision') continue;
    const filter = { decisionId: id, version };
    const { items } = await store.definitions.requirements.decisions({ filter });
    if (items[0]) decisions.set(id, items[0]);
  }
  const idOf = ({ type, id, version }: DeployedRow): string => {
    if (type === 'process') return definitionId(id, version);
    const brought = type === 'form' ? forms.get(id) : decisions.get(id)?.packageHash;
    return `${brought ?? ''}/${id}`;
  };
  // What two packages share is told once.
  const once = new Map(rows.map((row) => [`${row.type} ${row.id}`, row]));
  const made = [...once.values()].filter(({ type }) => type in KINDS);
  const files = new Map(Array.from(decisions.values(), (one) => [requirementsId(one), one]));
  const deployment = [...hashes.values()].sort().join(' ');
  const keyOf = await keysFor(store, [
    ['deployment', deployment],
    ...made.map((row) => [KINDS[row.type] as KeyKind, idOf(row)] as const),
    ...Array.from(files.keys(), (id) => ['requirements', id] as const),
  ]);
  const parts = made.map((row) =>
    partOf(row, keyOf(KINDS[row.type] as KeyKind, idOf(row)), (decisionId) => {
      const found = decisions.get(decisionId);
      if (!found) return undefined;
      const of = fileOf(found, keyOf('requirements', requirementsId(found)));
      return { ...of, name: found.name ?? decisionId };
    }),
  );
  const brought = Array.from(files, ([id, one]) => ({
    decisionRequirements: {
      ...fileOf(one, keyOf('requirements', id)),
      ...{ decisionRequirementsName: one.requirementsName ?? one.requirementsId },
      ...{ version: one.requirementsVersion, tenantId: TENANT, resourceName: one.path },
    },
  }));
  const deployments = [...parts, ...brought].map((part) => ({ ...NOTHING, ...part }));
  return { deploymentKey: keyOf('deployment', deployment), tenantId: TENANT, deployments };
}

const fileOf = ({ requirementsId: decisionRequirementsId }: ListedDecision, key: string) => ({
  ...{ decisionRequirementsId, decisionRequirementsKey: key },
});

const form = z.strictObject({
  ...{ version: z.int(), tenantId: wireTenant, formId: z.string(), formKey: wireKey },
  resourceName: z.string(),
});
const process = z.strictObject({
  ...{ processDefinitionId: z.string(), processDefinitionVersion: z.int() },
  ...{ processDefinitionKey: wireKey, resourceName: z.string(), tenantId: wireTenant },
});
const decision = z.strictObject({
  ...{ version: z.int(), tenantId: wireTenant, name: z.string() },
  ...{ decisionRequirementsId: z.string(), decisionRequirementsKey: wireKey },
  ...{ decisionDefinitionId: z.string(), decisionDefinitionKey: wireKey },
});

const requirements = z.strictObject({
  ...{ decisionRequirementsId: z.string(), decisionRequirementsKey: wireKey },
  ...{ decisionRequirementsName: z.string(), version: z.int(), tenantId: wireTenant },
  resourceName: z.string(),
});

/** A deployment, as it is answered: each item has one of its parts. */
export const DEPLOYMENT = z.strictObject({
  ...{ deploymentKey: wireKey, tenantId: wireTenant },
  deployments: z.array(
    z.strictObject({
      ...{ processDefinition: process.nullable(), decisionDefinition: decision.nullable() },
      decisionRequirements: requirements.nullable(),
      ...{ form: form.nullable(), resource: z.null() },
    }),
  ),
});

const NOTHING = {
  ...{ processDefinition: null, decisionDefinition: null, decisionRequirements: null },
  ...{ form: null, resource: null },
};

const partOf = (
  { type, id, version, file: resourceName }: DeployedRow,
  key: string,
  decisionOf: (id: string) => object | undefined,
): object => {
  const common = { version, tenantId: TENANT };
  if (type === 'process') {
    const of = { processDefinitionId: id, processDefinitionVersion: version, tenantId: TENANT };
    return { processDefinition: { ...of, processDefinitionKey: key, resourceName } };
  }
  if (type === 'form') return { form: { ...common, formId: id, formKey: key, resourceName } };
  const of = { decisionDefinitionId: id, decisionDefinitionKey: key };
  return { decisionDefinition: { ...common, ...of, ...decisionOf(id) } };
};
