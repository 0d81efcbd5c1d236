/**
 * What a scenario expects against what a run shows: one check a field. `state`, `ends` and `variables` speak
 * of the instance that the first start made; everything else of all instances of the run.
 * Class: pure.
 */
import { ERRORS, type ErrorRow } from '../../errors/index.js';
import { type Json, own } from '../../model/index.js';
import type { InstanceView, RunView } from './host.js';
import type { Mismatch } from './mismatch.js';
import type { Expectation } from './schema.js';
import { completedElements, countBy, enteredElements } from './trace.js';
import { fitsWaiting, waitingElements } from './waiting.js';

/** A run, and the instance that its first start made; null when none did. */
export interface Observed {
  readonly view: RunView;
  readonly first: InstanceView | null;
}

type Field = Exclude<keyof Expectation, 'only'>;
type Wrong = { readonly expected: Json; readonly actual: Json; readonly path?: string };
type Check<F extends Field> = (
  expected: NonNullable<Expectation[F]>,
  observed: Observed,
  all: Expectation,
) => readonly Wrong[];

/** Compares; `at` is where the expectation stands, e.g. `steps[3].expect`. */
export function checkExpectation(
  expectation: Expectation,
  observed: Observed,
  at: string,
): readonly Mismatch[] {
  return FIELDS.flatMap((field) => {
    const expected = expectation[field];
    if (expected === undefined) return [];
    const check = CHECKS[field] as (e: unknown, o: Observed, a: Expectation) => readonly Wrong[];
    return check(expected, observed, expectation).map(({ path, ...wrong }) => ({
      at: path === undefined ? `${at}.${field}` : `${at}.${field}.${path}`,
      ...wrong,
    }));
  });
}

/** Where an instance is, in the words of scenarios. */
export function stateOf(instance: InstanceView | null): string {
  if (!instance) return 'no instance';
  const { status, incidents } = instance.state;
  if (status === 'completed' || status === 'cancelled' || status === 'failed') return status;
  return Object.keys(incidents).length > 0 ? 'incident' : 'waiting';
}

const CHECKS: { readonly [F in Field]: Check<F> } = {
  waitingAt: (expected, { view, first }) =>
    fitsWaiting(view, first, expected) ? [] : [{ expected, actual: waitingElements(view) }],
  state: (expected, { first }) => unlessEqual(expected, stateOf(first)),
  ends: (expected, observed) => {
    const { all, outer } = endsOf(observed);
    const isThere = expected.every(
      (id) =>
        all.includes(id) && (count(expected, id) === 1 || count(all, id) === count(expected, id)),
    );
    return isThere && outer.every((id) => expected.includes(id)) ? [] : [{ expected, actual: all }];
  },
  completed: (expected, { view }, { only }) => {
    const done = completedElements(view);
    const kindOf = kindsOf(view);
    const named = new Set(expected.map(kindOf));
    const actual = done
      .map(({ elementId }) => elementId)
      .filter((id) => only !== true || named.has(kindOf(id)));
    const fits = only === true ? isEqual(expected, actual) : isSubsequence(expected, actual);
    return fits ? [] : [{ expected, actual }];
  },
  completedCounts: (expected, { view }) =>
    countsOf(
      expected,
      countBy(completedElements(view), ({ elementId }) => elementId),
    ),
  jobs: (expected, { view: { journal } }) => {
    const done = journal.filter(({ entry }) => entry.kind === 'jobCompleted');
    return countsOf(
      expected,
      countBy(done, ({ entry }) => String(entry.data?.type)),
    );
  },
  never: (expected, { view }) => {
    const entered = new Set(enteredElements(view).map(({ elementId }) => elementId));
    const actual = expected.filter((id) => entered.has(id));
    return actual.length === 0 ? [] : [{ expected: [], actual }];
  },
  variables: (expected, { first }) =>
    Object.entries(expected).flatMap(([name, value]) => {
      const actual = own(first?.variables ?? {}, name);
      // What is not there has no value: null is how a scenario says so.
      if (actual === undefined)
        return value === null ? [] : [{ path: name, expected: value, actual: 'no such variable' }];
      return isEqual(value, actual) ? [] : [{ path: name, expected: value, actual }];
    }),
  incidents: (expected, { view }) => {
    const { open, past } = incidentsOf(view);
    const fits = (one: Expected, incident: Shown): boolean =>
      (one.element === undefined || one.element === incident.element) &&
      (one.code === undefined || one.code === incident.code || one.code === classOf(incident.code));
    const isThere = expected.every((one) => {
      const wanted = expected.filter((other) => isEqual(plain(one), plain(other))).length;
      return [...open, ...past].filter((incident) => fits(one, incident)).length >= wanted;
    });
    const isAll = open.every((incident) => expected.some((one) => fits(one, incident)));
    return isThere && isAll ? [] : [{ expected: expected.map(plain), actual: open.map(plain) }];
  },
  instances: (expected, { view: { instances } }) =>
    countsOf(
      expected,
      countBy(instances, ({ process }) => process.id),
    ),
};

const FIELDS = Object.keys(CHECKS) as readonly Field[];

type Expected = { readonly element?: string | undefined; readonly code?: string | undefined };
type Shown = { readonly element: string; readonly code: string };

const plain = ({
  element = null,
  code = null,
}: {
  readonly element?: string | null | undefined;
  readonly code?: string | null | undefined;
}): Json => ({
  element,
  code,
});

/** Open incidents, and those of the past. */
function incidentsOf({ instances, journal }: RunView): { open: Shown[]; past: Shown[] } {
  const open = instances.flatMap(({ state }) =>
    Object.values(state.incidents).map(({ elementId, code }) => ({ element: elementId, code })),
  );
  const past = journal.flatMap(({ entry: { kind, elementId, data } }) =>
    kind === 'incidentOpened' ? [{ element: elementId ?? '', code: String(data?.code) }] : [],
  );
  return { open, past };
}

function classOf(code: string): string | undefined {
  const rows: Readonly<Record<string, ErrorRow>> = ERRORS;
  return own(rows, code)?.incidentClass;
}

/** End events that the first instance reached: all, and those on the level of the process. */
function endsOf({ view, first }: Observed): { all: string[]; outer: string[] } {
  if (!first) return { all: [], outer: [] };
  const { nodes, id } = first.process;
  const all = completedElements(view)
    .filter(
      ({ instanceId, elementId }) =>
        instanceId === first.id && nodes[elementId]?.kind === 'endEvent',
    )
    .map(({ elementId }) => elementId);
  return { all, outer: all.filter((elementId) => nodes[elementId]?.scopeId === id) };
}

/** Tells activities, start events, other events and gateways apart. */
function kindsOf({ instances }: RunView): (elementId: string) => string {
  const kinds = new Map(
    instances.flatMap(({ process }) =>
      Object.values(process.nodes).map(({ id, kind }) => [id, kind] as const),
    ),
  );
  return (elementId) => {
    const kind = kinds.get(elementId) ?? '';
    if (/Gateway$/.test(kind)) return 'gateway';
    if (kind === 'startEvent') return 'start';
    return /Event$/.test(kind) ? 'event' : 'activity';
  };
}

function countsOf(
  expected: Readonly<Record<string, number>>,
  actual: ReadonlyMap<string, number>,
): readonly Wrong[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const found = actual.get(name) ?? 0;
    return found === wanted ? [] : [{ path: name, expected: wanted, actual: found }];
  });
}

function unlessEqual(expected: Json, actual: Json): readonly Wrong[] {
  return isEqual(expected, actual) ? [] : [{ expected, actual }];
}

function count(list: readonly string[], id: string): number {
  return list.filter((one) => one === id).length;
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const one of whole) if (one === part[found]) found += 1;
  return found === part.length;
}

/** Equality of JSON; the order of keys is no matter. */
function isEqual(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, index) => isEqual(item, other[index] as Json));
  }
  const [left, right] = [one as Record<string, Json>, other as Record<string, Json>];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) => Object.hasOwn(right, key) && isEqual(left[key] as Json, right[key] as Json),
  );
}
