/** The store on PGlite in memory; `test/integration/store.test.ts` runs the same on a folder and on PostgreSQL. */
import { describeStore, inMemory } from '../support/store.js';
import { SUITES } from './suites/index.js';
import { stallsSuite } from './suites/stalls.js';

describeStore('PGlite in memory', inMemory, SUITES);
stallsSuite(inMemory, false);
