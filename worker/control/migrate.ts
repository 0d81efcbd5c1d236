/** Lets an instance go on with another version of its process, or says what that would do. Class: side effect. */
import type { OperationOutput, OperationRequest } from '../../contracts/control.js';
import type { Json, Migration } from '../../engine/model/index.js';
import type { ProcessInstance } from '../../store/index.js';
import { ControlFailure, refusal } from './failure.js';
import type { Asker, ControlParts } from './parts.js';
import { replyOf } from './reply.js';

type Request = OperationRequest<'migrateInstance'>;

/** A plan as it stands when somebody asks for it: what the instance runs by then, and where it is to go. */
export async function planOf(
  { registry }: Pick<ControlParts, 'registry'>,
  { processId, definitionVersion, definitionHash }: ProcessInstance,
  { version, mappings }: Pick<Request, 'version' | 'mappings'>,
): Promise<Migration> {
  const to = await registry.find(processId, version);
  if (to === null) {
    const process = version === null ? processId : `${processId}:${version}`;
    throw refusal('DEFINITION_UNKNOWN', { process });
  }
  if (to.version === definitionVersion) {
    throw refusal('MIGRATION_NOWHERE', { process: processId, version: to.version });
  }
  const from = { version: definitionVersion, hash: definitionHash };
  return { from, to: { version: to.version, hash: to.hash }, mappings };
}

/** Does it, or with `isDryRun` tries it on a copy of what the instance holds now. */
export async function migrateInstance(
  { engine, store }: ControlParts,
  instanceId: string,
  plan: Migration,
  isDryRun: boolean,
  { actor, requestId }: Asker,
): Promise<OperationOutput<'migrateInstance'>> {
  const versions = { from: plan.from.version, to: plan.to.version };
  if (!isDryRun) {
    const reply = replyOf(await engine.migrate({ instanceId, requestId, actor, ...plan }));
    return { ...reply, ...versions, preview: null };
  }
  const preview = await engine.previewMigration(instanceId, { ...plan, actor });
  if ('code' in preview) throw new ControlFailure(preview.code, preview.message);
  const row = await store.processInstances.get(instanceId);
  const status = row === null ? null : row.state.toLowerCase();
  return { instanceId, message: '', status, waitsFor: [], ...versions, preview };
}

/** What the audit keeps of it. Class: pure. */
export function migrationData(
  isDryRun: boolean,
  { from, to, mappings }: Migration,
): Readonly<Record<string, Json>> {
  const renamed = mappings.map(({ sourceElementId, targetElementId }) => ({
    ...{ from: sourceElementId, to: targetElementId },
  }));
  return { isDryRun, from: from.version, to: to.version, renamed };
}
