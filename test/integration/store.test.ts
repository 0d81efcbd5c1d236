/** The store on what people run it on: a folder of PGlite, and PostgreSQL. */
import { inject } from 'vitest';
import { auditLogSuite } from '../store/suites/audit-log.js';
import { SUITES } from '../store/suites/index.js';
import { stallsSuite } from '../store/suites/stalls.js';
import { describeStore, inFolder, onPostgres } from '../support/store.js';

describeStore('PGlite in a folder', inFolder, SUITES);
describeStore('PostgreSQL', () => onPostgres(inject('databaseUrl')), SUITES);
describeStore('the audit log on PostgreSQL', () => onPostgres(inject('databaseUrl')), [
  auditLogSuite,
]);
stallsSuite(() => onPostgres(inject('databaseUrl')), true);
