/** Plays: processes tried by hand on the real core, in virtual time. Class: pure. */
export { type Played, play } from './run.js';
export { ACT, type Act, SCRIPT, type Script } from './schema.js';
export { type ScenarioName, scenarioText } from './to-scenario.js';
export { type PlayView, viewOf } from './view.js';
