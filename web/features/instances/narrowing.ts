/** What a list of instances is narrowed by, as the address has it and as the server is asked. Class: pure. */

/** States of the server, and `open`: those that have not ended. */
export const STATES = ['open', 'ACTIVE', 'SUSPENDED', 'COMPLETED', 'TERMINATED', 'all'] as const;

/** Of the address. */
export interface Narrowing {
  readonly process?: string | undefined;
  readonly version?: number | undefined;
  readonly state?: (typeof STATES)[number] | undefined;
  readonly incident?: true | undefined;
  readonly element?: string | undefined;
  readonly business?: string | undefined;
  /** What a number of a report counted: further parts of the filter of the API, under their names there. */
  readonly behind?: Readonly<Record<string, unknown>> | undefined;
}

/** What reports narrow by. */
const BEHIND = [
  ...['startDate', 'endDate', 'runningAt', 'durationMs', 'punctuality'],
  ...['incidentCreationTime', 'incidentElementId'],
  ...['elementId', 'elementInstanceState', 'elementStartDate'],
  ...['slaMetric', 'slaState', 'slaStartDate'],
] as const;

/** As `POST /v2/process-instances/search` has it: the list of exactly those instances. */
export function narrowingOf(filter: Readonly<Record<string, unknown>>): Narrowing {
  const {
    processDefinitionId: process,
    processDefinitionVersion: version,
    state,
    ...rest
  } = filter;
  return narrowedBy({ process, version, state: state ?? 'all', behind: rest });
}

/** Reads an address; what does not fit is left out. */
export function narrowedBy(search: Readonly<Record<string, unknown>>): Narrowing {
  const text = (name: string): string | undefined =>
    ['string', 'number'].includes(typeof search[name]) && search[name] !== ''
      ? String(search[name])
      : undefined;
  const version = Number(search.version);
  const state = STATES.find((one) => one === search.state);
  return {
    process: text('process'),
    version: Number.isSafeInteger(version) && version > 0 ? version : undefined,
    ...{ state, element: text('element'), business: text('business') },
    incident: search.incident === true || search.incident === 'true' ? true : undefined,
    behind: behindOf(search.behind),
  };
}

function behindOf(given: unknown): Narrowing['behind'] {
  const all = Object(given) as Readonly<Record<string, unknown>>;
  const known = BEHIND.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** As a search of the API is narrowed; what was not said is open instances. */
export function filterOf(narrowing: Narrowing): Readonly<Record<string, unknown>> {
  const { process, version, state = 'open', incident, element, business, behind } = narrowing;
  return {
    ...behind,
    ...(process !== undefined && { processDefinitionId: process }),
    ...(version !== undefined && { processDefinitionVersion: version }),
    ...(state === 'open' && { state: { $in: ['ACTIVE', 'SUSPENDED'] } }),
    ...(state !== 'open' && state !== 'all' && { state }),
    ...(incident && { hasIncident: true }),
    ...(element !== undefined && { elementId: element, elementInstanceState: 'ACTIVE' }),
    ...(business !== undefined && {
      businessId: { $like: `*${business.replace(/[\\*?]/g, '\\$&')}*` },
    }),
  };
}
