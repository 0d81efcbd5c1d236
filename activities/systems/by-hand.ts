/**
 * A system that no connector reaches. There is always one thing to look at: a person does, and another one checks.
 * Class: pure.
 */
import { final } from '../failures.js';
import type { Connector, Found } from './connector.js';
import type { HandSystem } from './declaration.js';

/** Makes its connector. */
export function createByHand({ id, title, access }: HandSystem): Connector {
  const refuse = async (): Promise<never> => {
    throw final('ACCESS_SYSTEM_UNKNOWN', { system: id });
  };
  return {
    system: id,
    title,
    method: null,
    grants: false,
    find: async ({ customerId, contactId, grants }) => {
      const whole: Found = {
        ...{ externalId: contactId ?? customerId, kind: access, holder: 'contact', contactId },
        ...{ label: null, state: 'open', content: { asked: 'a person' } },
      };
      const known = grants
        .filter(({ externalId }) => externalId !== whole.externalId)
        .map(
          ({ externalId, kind, contactId: of }): Found => ({
            ...whole,
            ...{ externalId, kind, contactId: of, label: externalId },
          }),
        );
      return [...known, whole];
    },
    set: refuse,
    remove: refuse,
    check: refuse,
    grant: refuse,
  };
}
