/** Timer start events of a deployed process (S16, S53). Class: pure seen from outside. */
import type { ExecutableProcess } from '../model/index.js';
import { armTimer, nextTimer, type TimerSeries } from '../triggers/timer/index.js';
import type { Alarms } from './alarms.js';

/** Arms every timer start event of a process; `launch` is called at each of its due instants. */
export function armStarts(
  alarms: Alarms,
  process: ExecutableProcess,
  now: () => string,
  launch: (elementId: string) => void,
): void {
  const arm = (elementId: string, series: TimerSeries): void => {
    alarms.set(`start ${process.id} ${elementId}`, Date.parse(series.dueAt), () => {
      launch(elementId);
      const { next } = nextTimer(series, now());
      if (next) arm(elementId, next);
    });
  };
  for (const { elementId, timer } of process.starts) {
    if (!timer || !('value' in timer.text)) continue;
    const context = { at: now(), zone: process.zone };
    const armed = armTimer(timer.kind, String(timer.text.value), context);
    if (armed.ok) arm(elementId, armed.series);
  }
}
