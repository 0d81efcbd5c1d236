/**
 * The outside systems that jobs of this process use: how each is set up, what became of effects on it, and tests on demand.
 * Which there are comes of the configuration and of the ledger of effects; secrets stay where they are. Class: side effect.
 */
import { MAIL_CONNECTOR, scimConnector } from '../../activities/connectors.js';
import type { Egress } from '../../activities/http/egress.js';
import type { SmtpTarget } from '../../activities/mail/smtp.js';
import type { System } from '../../activities/systems/declaration.js';
import type { ConnectorKind, ConnectorRow, ConnectorTest } from '../../contracts/connectors.js';
import type { ConnectorTally, Store } from '../../store/index.js';
import { probeHttp, probeMail, probeScim, verdictOf } from './probes.js';

/** What it leans on. */
export interface ConnectorParts {
  readonly store: Pick<Store, 'connectorEffects'>;
  readonly systems: readonly System[];
  readonly egress: Egress;
  readonly smtp: SmtpTarget;
  /** No mail server is named: a catcher of our own takes all mail. */
  readonly isMailCaught: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** They. */
export interface Connectors {
  readonly list: () => Promise<readonly ConnectorRow[]>;
  /** Null: there is none of this id. */
  readonly get: (connectorId: string) => Promise<ConnectorRow | null>;
  /** From when on effects are counted and told: ISO 8601 UTC. */
  readonly since: () => string;
  /** @returns null: it cannot be tested; `soon`: it is being tested, or was a moment ago */
  readonly test: (connectorId: string) => Promise<ConnectorTest | 'soon' | null>;
}

/** Effects are counted for so long: what is older was looked after, or nobody will. */
const DAYS_MS = 7 * 24 * 60 * 60 * 1000;
/** Between two tests of one system: it is somebody else's, and is not to be hammered. */
const PAUSE_MS = 5_000;

/** A system without what became of it. */
type Known = Omit<ConnectorRow, 'effects' | 'lastDoneAt' | 'lastFailure'>;

/** Makes them. */
export function createConnectors(parts: ConnectorParts): Connectors {
  const { store, now } = parts;
  const tested = new Map<string, number>();
  const since = (): string => new Date(now() - DAYS_MS).toISOString();
  const list = async (): Promise<readonly ConnectorRow[]> => {
    const tallies = await store.connectorEffects.tally(since());
    const configured = configuredOf(parts);
    const met = tallies
      .filter(({ connector }) => !configured.some(({ connectorId }) => connectorId === connector))
      .map(({ connector }) => metOf(connector));
    return [...configured, ...met].map((known) => withTally(known, tallies));
  };
  const get: Connectors['get'] = async (wanted) =>
    (await list()).find(({ connectorId }) => connectorId === wanted) ?? null;
  const test: Connectors['test'] = async (connectorId) => {
    const known = await get(connectorId);
    if (!known?.canTest) return null;
    const began = now();
    if (began - (tested.get(connectorId) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return 'soon';
    tested.set(connectorId, began);
    const { code, detail } = await verdictOf(() => probeOf(parts, connectorId));
    tested.set(connectorId, now());
    const at = new Date(began).toISOString();
    return { at, isWell: code === null, code, detail, tookMs: now() - began };
  };
  return { list, get, since, test };
}

function configuredOf({ systems, egress, smtp, isMailCaught }: ConnectorParts): readonly Known[] {
  const mail: Known = {
    ...{ connectorId: MAIL_CONNECTOR, kind: 'mail', title: null, canTest: true },
    ...{ isConfigured: !isMailCaught, places: hostsOf(smtp.url) },
  };
  const requests: Known = {
    ...{ connectorId: 'http', kind: 'http', title: null, canTest: false },
    ...{ isConfigured: null, places: [...egress.allowed] },
  };
  return [mail, ...systems.map(systemOf), requests];
}

function systemOf(system: System): Known {
  const { id, title } = system;
  return system.kind === 'scim'
    ? {
        ...{ connectorId: scimConnector(id), kind: 'scim', title, isConfigured: true },
        ...{ places: hostsOf(system.baseUrl), canTest: true },
      }
    : {
        ...{ connectorId: `by-hand:${id}`, kind: 'by-hand', title, isConfigured: true },
        ...{ places: [], canTest: false },
      };
}

/** A system that effects went to and that the configuration does not name: one that was taken out, or the place of a model. */
function metOf(connectorId: string): Known {
  const isScim = connectorId.startsWith('scim:');
  const kind: ConnectorKind = isScim ? 'scim' : 'http';
  const places = isScim ? [] : hostsOf(connectorId);
  const isConfigured = isScim ? false : null;
  return { connectorId, kind, title: null, isConfigured, places, canTest: !isScim };
}

/** Host and port alone: a URL may hold a user and a password. */
const hostsOf = (url: string): readonly string[] & string[] =>
  URL.canParse(url) && new URL(url).host !== '' ? [new URL(url).host] : [];

function withTally(known: Known, tallies: readonly ConnectorTally[]): ConnectorRow {
  const found = tallies.find(({ connector }) => connector === known.connectorId);
  const { done = 0, underway = 0, failed = 0, unknown = 0 } = found ?? {};
  const { lastDoneAt = null, lastFailure = null } = found ?? {};
  return { ...known, effects: { done, underway, failed, unknown }, lastDoneAt, lastFailure };
}

function probeOf(parts: ConnectorParts, connectorId: string): Promise<string> {
  if (connectorId === MAIL_CONNECTOR) return probeMail(parts.smtp);
  for (const system of parts.systems) {
    if (system.kind === 'scim' && scimConnector(system.id) === connectorId) {
      return probeScim(system, parts);
    }
  }
  return probeHttp(connectorId, parts.egress);
}
