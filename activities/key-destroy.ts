/**
 * `key.destroy`: destroys the keys of a customer, and shows that what it sealed does not open. It looks once more for
 * what is left, whatever the process believes, and refuses as long as anything is. Killed anywhere, it is done again. A hold
 * that is placed before the first key goes is obeyed; afterwards none can be placed.
 */
import type { JobInput } from '../contracts/job.js';
import {
  areAllHeld,
  instancesOf,
  lockHolds,
  makeProbe,
  openHolds,
  openingProbe,
  unusedKeys,
} from '../store/erasure/index.js';
import { ERASURE_REQUEST, type Queryable } from '../store/index.js';
import { LEGAL_HOLD_ERROR } from './erase-execute.js';
import { changeRequest, keyIdOf, SUBJECT, type Subject, subjectOf } from './erasure/subject.js';
import { SYSTEMS } from './erasure/systems/index.js';
import { final } from './failures.js';
import { bpmnError, once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';

/** Histories that are tried. */
const SAMPLE = 3;

/** → `{keysDestroyed, keyDestroyedAt}`. Errors: `LEGAL_HOLD` (BPMN), `ERASURE_NOT_VERIFIED`, `KEY_STILL_OPENS`. */
export const keyDestroy = sideEffect({
  type: 'key.destroy',
  describes: {
    title: 'Destroy keys',
    says: 'Destroys the keys of a customer, and shows that what they sealed does not open.',
    output: { keysDestroyed: 'the keys', keyDestroyedAt: 'when' },
  },
  input: SUBJECT,
  run: async (input, job, deps) => {
    const subject = await subjectOf(deps.record, deps.erasure.keys, input);
    const { requestId, keyIds, request } = subject;
    if (request.state !== 'open') {
      throw final('ERASURE_STATE', { request: requestId, wanted: 'open', state: request.state });
    }
    const { reading, keys, sealer } = deps.erasure;
    await reading((db) => refuseHeld(deps, subject, db));
    await refuseResidue(deps, subject);
    await passHolds(deps, subject);
    const usable = await keys.usable();
    for (const keyId of keyIds.filter((one) => usable.has(one))) {
      await reading((db) => makeProbe(db, sealer, { requestId, keyId }));
      await keys.destroy(keyId);
    }
    await refuseOpening(deps, subject);
    for (const keyId of keyIds) await deps.erasure.deleteProjected(keyId);
    const others = await destroyUnused(deps, job, subject);
    return once(deps, job, 'key.destroy', { requestId }, async (tx) => {
      const keyDestroyedAt = new Date(deps.now()).toISOString();
      await changeRequest(deps.record.within(tx), requestId, { keyDestroyedAt });
      return { keysDestroyed: [...keyIds, ...others], keyDestroyedAt };
    });
  },
});

async function refuseHeld(
  { erasure }: SideEffectDeps,
  { customerId }: Subject,
  db: Queryable,
): Promise<void> {
  const holds = await openHolds(db, erasure.sealer, customerId);
  if (!areAllHeld(holds)) return;
  throw bpmnError(LEGAL_HOLD_ERROR, 'All of the customer is under legal hold.');
}

/** The last moment at which a hold counts: from here on `hold.place` refuses, for the request says that it is verified. */
function passHolds(deps: SideEffectDeps, subject: Subject): Promise<void> {
  const { customerId, requestId } = subject;
  const pass = async (tx: Queryable): Promise<void> => {
    await lockHolds(tx, customerId);
    await refuseHeld(deps, subject, tx);
    const verifiedAt = new Date(deps.now()).toISOString();
    await changeRequest(deps.record.within(tx), requestId, { verifiedAt });
  };
  return deps.erasure.reading((db) => db.transaction(pass));
}

async function refuseResidue(deps: SideEffectDeps, subject: Subject): Promise<void> {
  const found = [];
  for (const { residue } of SYSTEMS) {
    found.push(...(await residue({ deps, subject, retained: [] })));
  }
  if (found.length === 0) return;
  const detail = found.map(({ place, count }) => `${count} in ${place}`).join(', ');
  throw final('ERASURE_NOT_VERIFIED', { request: subject.requestId, detail });
}

/** No probe must open, nor any history. */
async function refuseOpening(
  { erasure }: SideEffectDeps,
  { requestId, keyIds }: Subject,
): Promise<void> {
  const { reading, sealer, instances } = erasure;
  const opening = await reading((db) => openingProbe(db, sealer, requestId));
  if (opening !== null) throw final('KEY_STILL_OPENS', { keyId: opening });
  for (const keyId of keyIds) {
    for (const instanceId of await reading((db) => instancesOf(db, keyId, SAMPLE))) {
      if (await instances.isReadable(instanceId)) throw final('KEY_STILL_OPENS', { keyId });
    }
  }
}

/**
 * Keys of this and of earlier requests under which nothing is kept any more. Which they are is settled first: an attempt
 * that comes after the first one died would not see those that are gone, and the certificate names them all.
 */
async function destroyUnused(
  deps: SideEffectDeps,
  job: JobInput,
  { customerId }: Subject,
): Promise<readonly string[]> {
  const { erasure, record } = deps;
  const requests = await record.table(ERASURE_REQUEST).of([customerId]);
  const made = requests.flatMap(({ requestId }) => [
    keyIdOf('retention', requestId),
    keyIdOf('hold', requestId),
  ]);
  const usable = await erasure.keys.usable();
  const unused = await erasure.reading((db) => unusedKeys(db, made));
  const wanted = await once(deps, partOf(job, 'unused'), 'key.unused', { customerId }, async () =>
    unused.filter((one) => usable.has(one)),
  );
  // one that has come to hold something since stays
  const destroyed = wanted.filter((one) => unused.includes(one));
  for (const keyId of destroyed) await erasure.keys.destroy(keyId);
  return destroyed;
}
