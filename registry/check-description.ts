/** Whether what `process.yaml` names is there: its process, and the elements, roles, calendars and variables. */
import type { PackageDescription } from '../contracts/package.js';
import { businessTimeAfter, SEARCHED_DAYS } from '../engine/calendars/index.js';
import { type Finding, finding } from '../engine/errors/index.js';
import type { Described } from './description.js';

/** What a package has, to be named. */
export interface Nameable {
  readonly processIds: readonly string[];
  /** Ids of the elements of a process, of all its levels; empty when nobody knows them. */
  readonly elementIds: (processId: string) => ReadonlySet<string>;
}

/**
 * Judges a description against its package.
 *
 * Findings: `DEPLOY_PROCESS_UNDESCRIBED`, `DEPLOY_PACKAGE_REFERENCE`, `DEPLOY_CALENDAR_CLOSED`. Class: pure.
 */
export function checkDescription(
  { description, lineOf }: Described,
  file: string,
  { processIds, elementIds }: Nameable,
): readonly Finding[] {
  if (description === null) return [];
  const { key } = description;
  const wrong: Finding[] = [];
  if (processIds.length > 0 && !processIds.includes(key)) {
    const processes = processIds.map((id) => `'${id}'`).join(', ');
    const found = finding('DEPLOY_PROCESS_UNDESCRIBED', key, { key, path: file, processes });
    wrong.push({ ...found, line: lineOf(['key']) });
  }
  wrong.push(...closedCalendars(description, file, lineOf));
  const elements = elementIds(key);
  for (const { path, what, name, known } of references(description, elements, processIds)) {
    if (known.has(name)) continue;
    const facts = { key: path.join('.'), path: file, what, name };
    wrong.push({ ...finding('DEPLOY_PACKAGE_REFERENCE', null, facts), line: lineOf(path) });
  }
  return wrong.map((one) => ({ ...one, file }));
}

/** Calendars by which no time ever passes. They are looked at from where they begin to count. */
function closedCalendars(
  { calendars }: PackageDescription,
  path: string,
  lineOf: Described['lineOf'],
): readonly Finding[] {
  return Object.entries(calendars).flatMap(([name, calendar]) => {
    if (businessTimeAfter([calendar], Date.parse(calendar.validFrom), 1) !== null) return [];
    const facts = { name, path, days: SEARCHED_DAYS };
    const line = lineOf(['calendars', name]);
    return [{ ...finding('DEPLOY_CALENDAR_CLOSED', null, facts), line }];
  });
}

interface Reference {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly name: string;
  readonly known: ReadonlySet<string>;
}

function references(
  description: PackageDescription,
  elements: ReadonlySet<string>,
  processIds: readonly string[],
): readonly Reference[] {
  const { owner, roles, output, variables, internal, sla, calendars, kpis, processes } =
    description;
  const names = new Set(Object.keys({ ...variables, ...internal }));
  const calendarKeys = new Set(Object.keys(calendars));
  const all: Reference[] = [
    { path: ['owner'], what: 'one of the roles', name: owner, known: new Set(Object.keys(roles)) },
  ];
  for (const name of processIds.length > 0 ? Object.keys(processes) : []) {
    const what = 'a process of the package';
    all.push({ path: ['processes', name], what, name, known: new Set(processIds) });
  }
  for (const [index, name] of output.entries()) {
    all.push({ path: ['output', index], what: 'a variable of this file', name, known: names });
  }
  const what = 'an element of the process';
  for (const [index, { element, calendar: name }] of sla.entries()) {
    if (elements.size > 0) {
      all.push({ path: ['sla', index, 'element'], what, name: element, known: elements });
    }
    const path = ['sla', index, 'calendar'];
    all.push({ path, what: 'one of the calendars', name, known: calendarKeys });
  }
  if (elements.size === 0) return all;
  for (const [kpi, { from, to, count }] of Object.entries(kpis)) {
    for (const [end, name] of Object.entries({ from, to, count })) {
      if (name !== undefined) all.push({ path: ['kpis', kpi, end], what, name, known: elements });
    }
  }
  return all;
}
