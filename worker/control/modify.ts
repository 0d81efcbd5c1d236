/** Modifies an instance, or says what that would do. Class: side effect. */
import type { OperationOutput, OperationRequest } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import { ControlFailure } from './failure.js';
import type { Asker, ControlParts } from './parts.js';
import { replyOf } from './reply.js';

type Request = OperationRequest<'modifyInstance'>;

/** Does it, or with `isDryRun` tries it on a copy of what the instance holds now. */
export async function modifyInstance(
  { engine, store }: ControlParts,
  instanceId: string,
  { isDryRun, cancellations, activations, moves }: Request,
  { actor, requestId }: Asker,
): Promise<OperationOutput<'modifyInstance'>> {
  const modification = { cancellations, activations, moves };
  if (!isDryRun) {
    const reply = replyOf(await engine.modify({ instanceId, requestId, actor, ...modification }));
    return { ...reply, preview: null };
  }
  const preview = await engine.previewModification(instanceId, { ...modification, actor });
  if ('code' in preview) throw new ControlFailure(preview.code, preview.message);
  const row = await store.processInstances.get(instanceId);
  const status = row === null ? null : row.state.toLowerCase();
  return { instanceId, message: '', status, waitsFor: [], preview };
}

/** What the audit keeps of it: what was named, and names of variables, never values. Class: pure. */
export function modificationData({
  isDryRun,
  cancellations,
  activations,
  moves,
}: Request): Readonly<Record<string, Json>> {
  const targets = [...activations, ...moves.map(({ to }) => to)];
  const names = targets.flatMap(({ variables }) =>
    variables.flatMap((one) => Object.keys(one.variables)),
  );
  return {
    isDryRun,
    cancelled: cancellations.map(nameOf),
    activated: activations.map(({ elementId }) => elementId),
    moved: moves.map(({ from, to }) => ({ from: nameOf(from), to: to.elementId })),
    variables: [...new Set(names)],
  };
}

const nameOf = (source: Request['cancellations'][number]): string =>
  'elementInstanceId' in source ? source.elementInstanceId : source.elementId;
