/** Who an instance is, as the store knows it. Class: workflow; pure but for the host it reads. */
import type { InstanceIdentity } from '../../contracts/decision.js';
import type { Host } from './host.js';

/** The identity that goes with all that is written of an instance. */
export function identityOf({ keyId, start }: Host): InstanceIdentity {
  return {
    customerKeyId: keyId,
    businessKey: start.businessKey,
    rootInstanceId: start.rootInstanceId,
    callerInstanceId: start.seed.caller?.instanceId ?? null,
  };
}
