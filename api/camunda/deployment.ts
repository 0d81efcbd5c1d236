/**
 * Deployments as Camunda's API has them: files with a `process.yaml` are a package as they are; else each BPMN file becomes a
 * package under the id of its process, with all other files of the deployment beside it. All are deployed, or none.
 */
import { z } from 'zod';
import type { DeployedRow, FindingRow } from '../../contracts/control.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { DESCRIPTION_FILE } from '../../registry/index.js';
import type { Store } from '../../store/index.js';
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
  const others = files.filter((file) => !isModel(file) && file.name !== PROCESS_FILE);
  const beside = Object.fromEntries(others.map(({ name, text }) => [name, text]));
  return Promise.all(
    models.map(async ({ name, text }) => ({
      key: await processIdIn(name, text),
      files: { ...beside, [PROCESS_FILE]: text },
    })),
  );
}

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
  const brought = new Map<string, string>();
  for (const { type, id, version } of rows) {
    if (type !== 'decision' && type !== 'form') continue;
    const found = await store.definitions[`${type}s`].byVersion(id, version);
    if (found) brought.set(`${type} ${id}`, found.packageHash);
  }
  const idOf = ({ type, id, version }: DeployedRow): string =>
    type === 'process' ? definitionId(id, version) : `${brought.get(`${type} ${id}`) ?? ''}/${id}`;
  // What two packages share is told once.
  const once = new Map(rows.map((row) => [`${row.type} ${row.id}`, row]));
  const made = [...once.values()].filter(({ type }) => type in KINDS);
  const deployment = [...hashes.values()].sort().join(' ');
  const keyOf = await keysFor(store, [
    ['deployment', deployment],
    ...made.map((row) => [KINDS[row.type] as KeyKind, idOf(row)] as const),
    ...made.map((row) => ['requirements', idOf(row)] as const),
  ]);
  const deployments = made.map((row) => {
    const key = keyOf(KINDS[row.type] as KeyKind, idOf(row));
    return { ...NOTHING, ...partOf(row, key, keyOf('requirements', idOf(row))) };
  });
  return { deploymentKey: keyOf('deployment', deployment), tenantId: TENANT, deployments };
}

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

/** A deployment, as it is answered: each item has one of its parts. */
export const DEPLOYMENT = z.strictObject({
  ...{ deploymentKey: wireKey, tenantId: wireTenant },
  deployments: z.array(
    z.strictObject({
      ...{ processDefinition: process.nullable(), decisionDefinition: decision.nullable() },
      ...{ decisionRequirements: z.null(), form: form.nullable(), resource: z.null() },
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
  requirementsKey: string,
): object => {
  const common = { version, tenantId: TENANT };
  if (type === 'process') {
    const of = { processDefinitionId: id, processDefinitionVersion: version, tenantId: TENANT };
    return { processDefinition: { ...of, processDefinitionKey: key, resourceName } };
  }
  if (type === 'form') return { form: { ...common, formId: id, formKey: key, resourceName } };
  const decisionRequirementsKey = requirementsKey;
  const of = { decisionRequirementsId: resourceName, decisionRequirementsKey };
  return {
    decisionDefinition: {
      ...{ ...common, ...of, decisionDefinitionId: id, decisionDefinitionKey: key, name: id },
    },
  };
};
