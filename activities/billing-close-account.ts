/** `billing.close-account`: undoes `billing.open-account` of an attempt, and bars it from coming late. */
import { endEffect } from './provisioning/make.js';

/** `billing.close-account`: `{attempt}` → `{ended}`. */
export const billingCloseAccount = endEffect('billing.close-account', 'billing-account');
