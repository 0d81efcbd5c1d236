/** Milliseconds from one instant (ISO 8601 UTC) to a later one. Class: pure; reads no clock. */
export function elapsedMs(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
