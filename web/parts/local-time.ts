/** An instant as a field of the browser takes it: local time, to the minute; what is none is empty. Class: pure. */
export function localOf(at: string | null): string {
  const time = new Date(at ?? '');
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
