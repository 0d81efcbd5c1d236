/**
 * What messages carry on their way through correlators, which run under the deployment's key: sealed under the key of the
 * customer whom it is about, so that it dies with that key wherever Temporal still has it. Class: side effect.
 * Source: docs/decisions/0017-whose-key-an-instance-runs-under.md.
 */
import type { PublishInput } from '../contracts/correlation.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { fault } from '../engine/errors/index.js';
import { isContext, type Variables } from '../engine/model/index.js';
import type { Sealer } from '../store/index.js';
import type { CustomerKeyChoice } from './customer-keys.js';
import { EngineRefusal } from './refusal.js';

/** Name that sealed variables stand under; nobody else may send it. */
const SEALED = 'jornada:sealed';

/** Bound to what they are: nothing else that is sealed opens as the variables of a message. */
const PLACE = 'the variables of a message';

/** Opened variables, and the key that they came under. */
export interface Opened {
  readonly variables: Variables;
  readonly keyId: string;
}

/** Seals and opens. */
export interface SealedMessages {
  /**
   * @param startsPersonal - whether it may start a process that declares personal data; asked for when nobody is known
   * @returns its variables as they are to travel. Errors: `CUSTOMER_ERASED`; those of keys and store
   */
  readonly seal: (
    message: PublishInput,
    startsPersonal: () => Promise<boolean>,
  ) => Promise<Variables>;
  /** Null: the key was destroyed, and with it what was sent. Errors: `SEALED_VALUE_REFUSED`; those of keys. */
  readonly open: (variables: Variables) => Promise<Opened | null>;
}

/** Makes them. */
export function createSealedMessages(
  keys: Pick<CustomerKeyChoice, 'named' | 'ofMessage'>,
  sealer: Sealer,
): SealedMessages {
  return {
    seal: async ({ variables, customerKeyId }, startsPersonal) => {
      if (Object.keys(variables).length === 0) return variables;
      const keyId =
        customerKeyId ??
        (await keys.named(variables)) ??
        ((await startsPersonal()) ? await keys.ofMessage() : SYSTEM_KEY_ID);
      if (keyId === SYSTEM_KEY_ID) return variables;
      const bytes = await sealer.seal(keyId, Buffer.from(JSON.stringify(variables)), PLACE);
      return { [SEALED]: { keyId, bytes: bytes.toString('base64') } };
    },
    open: async (variables) => {
      const sealed = variables[SEALED];
      if (!isContext(sealed)) return { variables, keyId: SYSTEM_KEY_ID };
      const keyId = String(sealed.keyId);
      const bytes = Buffer.from(String(sealed.bytes), 'base64');
      const plain = await sealer.open(keyId, bytes, PLACE);
      return plain && { variables: JSON.parse(plain.toString('utf8')) as Variables, keyId };
    },
  };
}

/** Refuses variables that would be taken for sealed ones. Errors: `EngineRefusal`, `VARIABLE_NAME`. */
export function refuseSealed(variables: Variables): void {
  if (SEALED in variables) throw new EngineRefusal(fault('VARIABLE_NAME', { name: SEALED }));
}
