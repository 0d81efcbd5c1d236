/** Retention, on a store of its own: it checks the log of the audit. */
import { describeStore, inMemory } from '../support/store.js';
import { retentionSuite } from './suites/retention.js';

describeStore('PGlite in memory', inMemory, [retentionSuite]);
