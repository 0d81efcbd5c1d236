/** What may be done to one instance, as an operation of the engine. Class: side effect (store: keys). */
import type { OperationInput } from '../../contracts/control.js';
import type { ActOutcome, InstanceAct } from '../../contracts/instances.js';
import type { Json } from '../../engine/model/index.js';
import type { Store } from '../../store/index.js';
import { idsOf, partsOf } from '../camunda/keys.js';
import type { CamundaDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { outcomeIn } from '../refused.js';

/** Who asks, and why. */
export interface Asking {
  readonly actor: string;
  readonly requestId: string;
  readonly reason: string | null;
}

type Reply = Omit<ActOutcome, 'waitsFor'> & {
  readonly waitsFor: readonly { readonly kind: string; readonly elementId: string }[];
};

/** Does it. Errors: those of the operation; `NOT_FOUND` for keys of nothing. */
export async function actUpon(
  { store, operate }: CamundaDeps,
  key: string,
  act: InstanceAct,
  asking: Asking,
): Promise<ActOutcome> {
  const { waitsFor, message, status, modification, migration } = await done();
  const points = waitsFor.map(({ kind, elementId }) => ({ kind, elementId }));
  return { message, status, waitsFor: points, modification, migration };

  async function done(): Promise<Reply> {
    switch (act.kind) {
      case 'cancel':
        return plain(outcomeIn(await operate('cancelInstance', { key }, asking)));
      case 'suspend':
        return plain(outcomeIn(await operate('suspendInstance', { key }, asking)));
      case 'resume': {
        const input = { key, timers: act.timers };
        return plain(outcomeIn(await operate('resumeInstance', input, asking)));
      }
      case 'setVariables': {
        const { variables, scopeKey, seen } = act;
        const scope = scopeKey === null ? key : await scopeOf(store, key, scopeKey);
        const input = { key: scope, variables, ...(seen !== undefined && { seen }) };
        return plain(outcomeIn(await operate('setVariables', input, asking)));
      }
      case 'resolveIncident': {
        const { how, variables } = act;
        const input = { key: await incidentOf(store, key, act.incidentKey), how, variables };
        return plain(outcomeIn(await operate('resolveIncident', input, asking)));
      }
      case 'modify': {
        const input = { key, isDryRun: act.isDryRun, ...(await modificationOf(store, act)) };
        const { preview, ...reply } = outcomeIn(await operate('modifyInstance', input, asking));
        return { ...reply, modification: preview, migration: null };
      }
      case 'migrate': {
        const { isDryRun, version, mappings } = act;
        const input = { key, isDryRun, version, mappings };
        const { preview, ...reply } = outcomeIn(await operate('migrateInstance', input, asking));
        return { ...reply, modification: null, migration: preview };
      }
    }
  }
}

const plain = <R extends object>(reply: R) => ({ ...reply, modification: null, migration: null });

/** A scope of this instance alone. */
async function scopeOf(store: Store, instanceId: string, key: string): Promise<string> {
  const [id = null] = await idsOf(store, 'elementInstance', [key]);
  if (id === null || partsOf(id).instanceId !== instanceId) throw new Problem('NOT_FOUND');
  return id;
}

/** An incident of this instance alone. */
async function incidentOf(store: Store, instanceId: string, key: string): Promise<string> {
  const [id = null] = await idsOf(store, 'incident', [key]);
  if (id === null || partsOf(id).instanceId !== instanceId) throw new Problem('NOT_FOUND');
  return id;
}

type Modify = Extract<InstanceAct, { readonly kind: 'modify' }>;
type Ours = Pick<OperationInput<'modifyInstance'>, 'cancellations' | 'activations' | 'moves'>;

async function modificationOf(
  store: Store,
  { cancellations, activations, moves }: Modify,
): Promise<Ours> {
  const sourceOf = async (from: Modify['cancellations'][number]) => {
    if ('elementId' in from) return from;
    const [id = null] = await idsOf(store, 'elementInstance', [from.elementInstanceKey]);
    if (id === null) throw new Problem('NOT_FOUND');
    return { elementInstanceId: partsOf(id).rest };
  };
  const targetOf = (elementId: string, variables: Readonly<Record<string, Json>>) => ({
    ...{ elementId, ancestorId: null },
    variables: Object.keys(variables).length === 0 ? [] : [{ scopeId: null, variables }],
  });
  return {
    cancellations: await Promise.all(cancellations.map(sourceOf)),
    activations: activations.map(({ elementId, variables }) => targetOf(elementId, variables)),
    moves: await Promise.all(
      moves.map(async ({ from, to, variables }) => ({
        from: await sourceOf(from),
        to: targetOf(to, variables),
      })),
    ),
  };
}
