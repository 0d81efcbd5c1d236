/** SLA clocks of tickets: pure functions of their events, policies and calendars. */
export { slaLedger, slaRows } from './clock.js';
export { METRICS, type MetricRule } from './metrics.js';
export type { HoldsTest } from './policy.js';
export { type SlaSteps, type Step, slaSteps } from './steps.js';
export { rulesOf, type TargetRow } from './target-rows.js';
export type { Rules } from './ticket.js';
export type * from './types.js';
