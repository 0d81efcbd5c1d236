/**
 * `goal.measure`: how far the open goals of a customer are, by what was done in the product since each was agreed on.
 * Class: reads only.
 */
import * as z from 'zod';
import { GOAL, USAGE_EVENT } from '../store/index.js';
import { final } from './failures.js';
import { sideEffect } from './side-effect.js';
import { metricValue } from './usage/measure.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  goalIds: z.array(z.string()).nullish(),
  /** Fails when the product has told nothing for so many days: then nobody knows whether a goal was missed. */
  silentDays: z.number().int().min(1).nullish(),
  settings: z.object({ activeDays: z.number().int().min(1) }).default({ activeDays: 7 }),
});

/**
 * `goal.measure`: → `{measures: [{goalId, metric, value, target, progressPct, isReached, evidenceId}]}`. The value is
 * the baseline and what came since, until the day on which it is due; of active users it is what is now.
 * Errors: `USAGE_SILENT`, for good.
 */
export const goalMeasure = sideEffect({
  type: 'goal.measure',
  describes: {
    title: 'Measure goals',
    says: 'Measures goals by what the customer uses.',
    output: { measures: 'one entry a goal' },
  },
  input: INPUT,
  run: async ({ customerId, goalIds, silentDays, settings }, _job, { record, now }) => {
    const goals = (await record.table(GOAL).of([customerId])).filter(
      (one) => one.state === 'open' && (!goalIds || goalIds.includes(one.goalId)),
    );
    const events = (await record.table(USAGE_EVENT).of([customerId])).filter(
      (one) => !one.isErased,
    );
    const heard = events.map(({ createdAt }) => Date.parse(createdAt));
    if (silentDays && goals.length > 0 && !heard.some((at) => at >= now() - silentDays * DAY_MS)) {
      throw final('USAGE_SILENT', { customer: customerId, days: silentDays });
    }
    const measures = goals.map(({ goalId, metric, baseline, target, dueDate, createdAt }) => {
      const isGauge = metric === 'users.active';
      const around = { since: isGauge ? EPOCH : createdAt, now: now(), ...settings };
      const inTime = events.filter(({ at }) => at.slice(0, 10) <= dueDate);
      const { value: found, evidenceId } = metricValue(metric, inTime, around);
      const value = isGauge ? found : baseline + found;
      const whole = target - baseline;
      const progressPct = whole <= 0 ? 100 : Math.floor(((value - baseline) * 100) / whole);
      return {
        ...{ goalId, metric, value, target, evidenceId, isReached: value >= target },
        progressPct: Math.max(0, Math.min(100, progressPct)),
      };
    });
    return { measures };
  },
});

const DAY_MS = 86_400_000;
const EPOCH = '1970-01-01T00:00:00.000Z';
