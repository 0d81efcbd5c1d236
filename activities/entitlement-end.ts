/** `entitlement.end`: undoes `entitlement.create` of an attempt, and bars it from coming late. */
import { endEffect } from './provisioning/make.js';

/** `entitlement.end`: `{attempt}` → `{ended}`. */
export const entitlementEnd = endEffect('entitlement.end', 'entitlement');
