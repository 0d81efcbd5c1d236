/** `tenant.delete`: undoes `tenant.create` of an attempt, and bars it from coming late. */
import { endEffect } from './provisioning/make.js';

/** `tenant.delete`: `{attempt}` → `{ended}`. */
export const tenantDelete = endEffect('tenant.delete', 'tenant');
