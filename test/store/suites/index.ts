/** All suites of the store: each takes an open store. */
import { journalSuite } from './journal.js';

export const SUITES = [journalSuite];
