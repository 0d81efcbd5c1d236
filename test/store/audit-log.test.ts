/** The audit log on PGlite in memory; `test/integration/store.test.ts` runs the same on PostgreSQL. */
import { describeStore, inMemory } from '../support/store.js';
import { auditLogSuite } from './suites/audit-log.js';

describeStore('PGlite in memory', inMemory, [auditLogSuite]);
