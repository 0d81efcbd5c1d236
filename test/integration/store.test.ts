/** The store on what people run it on: a folder of PGlite, and PostgreSQL. */
import { inject } from 'vitest';
import { SUITES } from '../store/suites/index.js';
import { describeStore, inFolder, onPostgres } from '../support/store.js';

describeStore('PGlite in a folder', inFolder, SUITES);
describeStore('PostgreSQL', () => onPostgres(inject('databaseUrl')), SUITES);
