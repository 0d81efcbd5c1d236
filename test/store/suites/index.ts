/** All suites of the store: each takes an open store. */
import { auditSuite } from './audit.js';
import { customerTakingSuite } from './customer-taking.js';
import { customersSuite } from './customers.js';
import { definitionsSuite } from './definitions.js';
import { effectsSuite } from './effects.js';
import { erasureSuite } from './erasure/index.js';
import { eventsSuite } from './events.js';
import { identitiesSuite } from './identities.js';
import { journalSuite } from './journal.js';
import { portfolioSuite } from './portfolio.js';
import { publicKeysSuite } from './public-keys.js';
import { reportsSuite } from './reports.js';
import { sealingSuite } from './sealing.js';
import { searchSuite } from './search.js';

export const SUITES = [
  definitionsSuite,
  journalSuite,
  searchSuite,
  publicKeysSuite,
  reportsSuite,
  effectsSuite,
  auditSuite,
  customersSuite,
  customerTakingSuite,
  erasureSuite,
  eventsSuite,
  sealingSuite,
  identitiesSuite,
  // Last: it has many rows.
  portfolioSuite,
];
