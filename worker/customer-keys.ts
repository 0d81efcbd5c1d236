/**
 * Which key an instance is encrypted under: its customer's as soon as anybody knows whose it is. Class: side effect.
 * Source: docs/decisions/0017-whose-key-an-instance-runs-under.md.
 */
import { idOfText } from '../activities/identifiers.js';
import { customerIn } from '../contracts/correlation.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import type { ExecutableProcess, Variables } from '../engine/model/index.js';
import { type Store, StoreFailure, storeFailure } from '../store/index.js';
import { isFailure } from './encryption/failure.js';
import type { KeyProvider } from './encryption/index.js';

/** What is known of an instance before it is. */
export interface Unkeyed {
  readonly process: Pick<ExecutableProcess, 'runsUnder'>;
  readonly variables: Variables;
  readonly instanceId: string;
  /** Key of whoever calls it, or of the message that starts it; null: nobody's. */
  readonly inherited: string | null;
}

/** Chooses keys. */
export interface CustomerKeyChoice {
  /**
   * An operator's process runs under the deployment's key. Any other runs under that of the customer whom its variable
   * `customerId` names; else under that which it inherits; else, where personal data is declared, under one of its own,
   * which a customer that is made of it takes over.
   *
   * @returns the id of a key that `prepare` sees to. Errors: `CUSTOMER_ERASED`; those of the store.
   */
  readonly choose: (unkeyed: Unkeyed) => Promise<string>;
  /** Makes the key of an instance if it is one of its own. Errors: `CUSTOMER_ERASED`. */
  readonly prepare: (instanceId: string, keyId: string) => Promise<void>;
  /** The key of the customer whom variables name; null: they name none that is known. Errors: as of `choose`. */
  readonly named: (variables: Variables) => Promise<string | null>;
  /** A new key for a message of nobody known, which the instance that it starts goes on under. */
  readonly ofMessage: () => Promise<string>;
}

/** Whether something thrown says that a customer is erased. Class: pure. */
export const saysErased = (thrown: unknown): thrown is StoreFailure =>
  thrown instanceof StoreFailure && thrown.code === 'CUSTOMER_ERASED';

/** Makes the choice. */
export function createCustomerKeyChoice(
  { customerKeys }: Pick<Store, 'customerKeys'>,
  keyProvider: Pick<KeyProvider, 'create'>,
): CustomerKeyChoice {
  const named: CustomerKeyChoice['named'] = async (variables) => {
    const customerId = customerIn(variables);
    if (customerId === null) return null;
    const found = await customerKeys.of(customerId);
    if (found?.isGone) throw storeFailure('CUSTOMER_ERASED', { customer: customerId });
    return found?.keyId ?? null;
  };
  const make = async (keyId: string): Promise<string> => {
    try {
      return await keyProvider.create(keyId);
    } catch (error) {
      if (!isFailure(error, 'KEY_SHREDDED')) throw error;
      throw storeFailure('CUSTOMER_ERASED', { customer: keyId });
    }
  };
  return {
    named,
    choose: async ({ process: { runsUnder }, variables, instanceId, inherited }) => {
      if (runsUnder === 'operator') return SYSTEM_KEY_ID;
      const known = await named(variables);
      if (known !== null) return known;
      if (inherited !== null && inherited !== SYSTEM_KEY_ID) return inherited;
      return runsUnder === 'customer' ? ownKeyOf(instanceId) : SYSTEM_KEY_ID;
    },
    prepare: async (instanceId, keyId) => {
      if (keyId === ownKeyOf(instanceId)) await make(keyId);
    },
    ofMessage: () => keyProvider.create(),
  };
}

/** A key that is an instance's own: whoever asks again, also after having been killed, finds the one that was made. */
const ownKeyOf = (instanceId: string): string => idOfText(`key\ninstance\n${instanceId}`);
