/** Calendars of what is deployed, and who promises by them. Shapes alone. */
import { z } from 'zod';
import { CALENDAR } from './calendar.js';

const text = z.strictObject({ en: z.string(), 'pt-BR': z.string() });

/** One calendar of the newest version of a package. */
export const listedCalendar = z.strictObject({
  packageKey: z.string(),
  /** What the package is called. */
  title: text,
  name: z.string(),
  calendar: CALENDAR,
  /** What is promised by it: expressions of the model may name it besides. */
  promises: z.array(z.strictObject({ element: z.string(), title: text, target: z.string() })),
  /** `process.yaml` as it is written: names of holidays stand in its comments. */
  source: z.string(),
});

export type ListedCalendar = z.infer<typeof listedCalendar>;
