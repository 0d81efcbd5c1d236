/**
 * The areas of the app, as its menu lists them. An area is a folder in `features/`: its entry here, its routes in
 * `router.ts`, nothing else outside of it. Class: data.
 */
import type { Role } from '../../contracts/identities.js';
import { ADMIN_AREA } from '../features/admin/nav.js';
import { AUDIT_AREA } from '../features/audit/nav.js';
import { CUSTOMERS_AREA } from '../features/customers/nav.js';
import { DESIGNER_AREA } from '../features/designer/nav.js';
import { INBOX_AREA } from '../features/inbox/nav.js';
import { INSTANCES_AREA } from '../features/instances/nav.js';
import { REPORTS_AREA } from '../features/reports/nav.js';
import type { Area } from './area.js';

/** In the order of the menu; the first that somebody sees is where they begin. */
export const AREAS: readonly Area[] = [
  INBOX_AREA,
  CUSTOMERS_AREA,
  DESIGNER_AREA,
  INSTANCES_AREA,
  REPORTS_AREA,
  AUDIT_AREA,
  ADMIN_AREA,
];

/** The areas that somebody sees. Class: pure. */
export function areasOf(roles: readonly Role[]): readonly Area[] {
  return AREAS.filter((area) => area.roles.some((role) => roles.includes(role)));
}
