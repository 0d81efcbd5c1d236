/** Instants and durations as scenarios write them, checked by the schema. Class: pure. */
import { InvariantError } from '../../errors/index.js';
import { armTimer, type TimerKind } from '../../triggers/timer/index.js';

/** An instant that a scenario names, as ISO 8601 UTC with milliseconds. */
export function instantOf(text: string): string {
  return due('date', text, '2020-01-01T00:00:00.000Z');
}

/** The instant so much later. */
export function later(at: string, duration: string): string {
  return due('duration', duration, at);
}

function due(kind: TimerKind, text: string, at: string): string {
  const armed = armTimer(kind, text, { at, zone: 'UTC' });
  if (!armed.ok)
    throw new InvariantError(`${kind} '${text}' was not checked: ${armed.fault.message}`);
  return armed.series.dueAt;
}
