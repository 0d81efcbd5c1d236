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
  };
}

/** As a search of the API is narrowed; what was not said is open instances. */
export function filterOf(narrowing: Narrowing): Readonly<Record<string, unknown>> {
  const { process, version, state = 'open', incident, element, business } = narrowing;
  return {
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
