/** What texts of dates and zones have to be, wherever they come in: packages, orders, lists of customers. Class: pure. */

/** Whether a text `YYYY-MM-DD` is a date that there is: `Date` takes 31 February for 3 March. */
export function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Whether there is such a time zone; only names: an offset such as +03:00 knows no daylight saving. */
export function isZone(text: string): boolean {
  try {
    return /^[A-Z]/i.test(text) && new Intl.DateTimeFormat('en', { timeZone: text }) !== null;
  } catch {
    return false;
  }
}
