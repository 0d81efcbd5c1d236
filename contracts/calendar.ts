/** A business calendar as `process.yaml` writes it. Class: pure. Its rules: docs/sla-clocks.md. */
import * as z from 'zod';
import { isDate, isZone } from './time-text.js';

const FROM = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, such as "09:00"');
const TO = z
  .string()
  .regex(
    /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'a time of day in quotes, such as "17:00" or "24:00"',
  );
const DATE = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date, such as 2026-12-25')
  .refine(isDate, 'a date that there is, such as 2026-12-25');
const ZONE = z.string().refine(isZone, 'an IANA zone, such as America/Sao_Paulo');
const INSTANT = z.iso.datetime({ offset: true });

/** From one wall time to another. */
const WINDOWS = z.array(z.tuple([FROM, TO]));

const DAY = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** One calendar: the engine's `Calendar`. */
export const CALENDAR = z.strictObject({
  tz: ZONE,
  version: z.number().int().min(1).default(1),
  validFrom: INSTANT.default('1970-01-01T00:00:00Z'),
  weekly: z.partialRecord(DAY, WINDOWS),
  dateOverrides: z.record(DATE, WINDOWS).default({}),
  holidays: z.array(DATE).default([]),
});
