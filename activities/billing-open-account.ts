import { make, PLACE, PROVISIONING_FAILED } from './provisioning/make.js';
import { bpmnError, MONEY, sideEffect } from './side-effect.js';

const INPUT = PLACE.extend({ value: MONEY });

/** `billing.open-account`: → `{subscriptionId}`. Errors: `PROVISIONING_FAILED` (BPMN). */
export const billingOpenAccount = sideEffect({
  type: 'billing.open-account',
  describes: {
    title: 'Open billing account',
    says: 'Opens the account that a new customer is billed by.',
    output: { subscriptionId: 'the subscription' },
  },
  input: INPUT,
  run: async ({ customerId, attempt, value }, job, deps) => {
    const { currency, minor } = value;
    if (!Intl.supportedValuesOf('currency').includes(currency)) {
      throw bpmnError(PROVISIONING_FAILED, 'There is no such currency.');
    }
    const place = { kind: 'billing-account', customerId, attempt } as const;
    const detail = { currency, minor };
    const [subscriptionId = ''] = await make(deps, job, {
      ...place,
      count: 1,
      detail,
      isShared: false,
    });
    return { subscriptionId };
  },
});
