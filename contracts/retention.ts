/** How long Temporal keeps closed runs, and the register of starts what was asked for: 30 days. */
export const RETENTION_HOURS = 720;
