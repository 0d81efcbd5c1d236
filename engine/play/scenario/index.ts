/** Scenarios: the tests that travel with a process. Format: design of the file in `schema.ts`. Class: pure. */
export type * from './host.js';
export type { Mismatch } from './mismatch.js';
export { createPlayHost } from './play-host.js';
export { MAX_SCENARIO_LENGTH, type ReadScenarios, readScenarios } from './read.js';
export { type Deployment, type OpenIncident, runScenario, type ScenarioResult } from './run.js';
export type { Scenario } from './schema.js';
