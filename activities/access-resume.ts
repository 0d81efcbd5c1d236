/** `access.resume`: ends a suspension; from then on the same one cannot begin late. */
import { endResources } from '../store/registry/index.js';
import { SUSPENSION } from './access-suspend.js';
import { once, sideEffect } from './side-effect.js';

/** `access.resume`: `{customerId, suspensionId}` → `{}`. One that never began is fine as well. */
export const accessResume = sideEffect({
  type: 'access.resume',
  describes: {
    title: 'End a suspension',
    says: 'Ends a suspension; the same one cannot begin late.',
    output: {},
  },
  input: SUSPENSION,
  run: async ({ suspensionId }, job, deps) => {
    await once(deps, job, 'access.resume', { suspensionId }, async (tx) => [
      ...(await endResources(tx, suspensionId, 'suspension')),
    ]);
    return {};
  },
});
