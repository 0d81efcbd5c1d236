/**
 * Calendars as `process.yaml` has them, with the names of holidays, which stand in comments behind their dates; and their
 * change, which leaves every other line as it was written. Class: pure.
 */
import { type Document, isScalar, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { type OpenWindow, WEEKDAYS, type Weekday } from '../../../engine/model/index.js';

/** A day on which nothing is open, and what it is called; empty: nobody says. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** What may be changed of a calendar. */
export interface EditedCalendar {
  readonly tz: string;
  readonly weekly: Readonly<Partial<Record<Weekday, readonly OpenWindow[]>>>;
  readonly holidays: readonly Holiday[];
}

/** Names of holidays by date, as far as there are any. */
export function holidayNames(source: string, calendar: string): Readonly<Record<string, string>> {
  const list = parseDocument(source).getIn(['calendars', calendar, 'holidays'], true);
  if (!isSeq(list)) return {};
  return Object.fromEntries(
    list.items.flatMap((item) =>
      isScalar(item) && item.comment ? [[String(item.value), item.comment.trim()]] : [],
    ),
  );
}

/** The file with the calendar as it was edited, its version one higher. */
export function withCalendar(source: string, name: string, edited: EditedCalendar): string {
  const document = parseDocument(source);
  const at = ['calendars', name];
  const version = Number(document.getIn([...at, 'version']) ?? 1);
  document.setIn([...at, 'tz'], edited.tz);
  document.setIn([...at, 'version'], version + 1);
  for (const day of WEEKDAYS) setDay(document, [...at, 'weekly', day], edited.weekly[day] ?? []);
  setHolidays(document, [...at, 'holidays'], edited.holidays);
  return withLinesOf(source, document);
}

function setDay(document: Document, path: readonly string[], windows: readonly OpenWindow[]): void {
  const before = document.getIn(path, true);
  const known = isSeq(before) ? before.toJS(document) : [];
  if (JSON.stringify(known) === JSON.stringify(windows)) return;
  if (windows.length === 0) {
    document.deleteIn(path);
    return;
  }
  const made = document.createNode(windows, { flow: true }) as YAMLSeq;
  // A time without quotes is a number of minutes to an older reader.
  for (const window of made.items) {
    if (!isSeq(window)) continue;
    for (const time of window.items) if (isScalar(time)) time.type = 'QUOTE_DOUBLE';
  }
  document.setIn(path, made);
}

function setHolidays(
  document: Document,
  path: readonly string[],
  holidays: readonly Holiday[],
): void {
  if (holidays.length === 0) {
    document.deleteIn(path);
    return;
  }
  const sorted = holidays.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const before = document.getIn(path, true);
  const list = isSeq(before) ? before : (document.createNode([]) as YAMLSeq);
  const known = new Map(list.items.map((item) => [isScalar(item) ? String(item.value) : '', item]));
  list.items = sorted.map(({ date, name }) => {
    const item = known.get(date) ?? document.createNode(date);
    if (isScalar(item)) item.comment = name === '' ? null : ` ${name}`;
    return item;
  });
  // A comment ends its line: with names each date has one of its own.
  if (sorted.some(({ name }) => name !== '')) list.flow = false;
  document.setIn(path, list);
}

/** Without blanks and quotes a line is the same, however it is set. */
const bare = (line: string): string => line.replace(/\s/g, '');

/** The document as text; a line that says what one of the source says stands as that does. */
function withLinesOf(source: string, document: Document): string {
  const written = document.toString({ lineWidth: 0 });
  const known = new Map(source.split('\n').map((line) => [bare(line), line]));
  const indent = (line: string): number => line.length - line.trimStart().length;
  const lines = written.split('\n').map((line) => {
    const before = known.get(bare(line));
    return before !== undefined && indent(before) === indent(line) ? before : line;
  });
  const text = lines.join('\n');
  // Blanks inside a text count: then it stays as the library writes it.
  const isSame = JSON.stringify(parseDocument(text).toJS()) === JSON.stringify(document.toJS());
  return isSame ? text : written;
}
