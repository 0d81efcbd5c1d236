/** `licence.revoke`: undoes `licence.issue` of an attempt, and bars it from coming late. */
import { endEffect } from './provisioning/make.js';

/** `licence.revoke`: `{attempt}` → `{ended}`. */
export const licenceRevoke = endEffect('licence.revoke', 'licence');
