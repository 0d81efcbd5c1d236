/** Lengths of time as people say them, in hours and minutes: business time has no days. Class: pure. */

const MINUTE_MS = 60_000;

/** `3 h 20 min`, `12 min`, `< 1 min`; of more than ten hours the minutes say nothing. */
export function inHours(ms: number): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / MINUTE_MS));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return rest === 0 && ms !== 0 ? '< 1 min' : `${rest} min`;
  return hours >= 10 || rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
