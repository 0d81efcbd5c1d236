/** Our own registry as a connected system: who may get in, licences, entitlements, links. Class: side effect. */
import type { Json } from '../../engine/model/index.js';
import type { Effects, Queryable } from '../../store/index.js';
import {
  activeResources,
  contactsWithLinks,
  killLinks,
  LETS_IN,
  type Resource,
  type ResourceKind,
  restoreResources,
  revokeResources,
} from '../../store/registry/index.js';
import { type EffectOf, once } from '../side-effect.js';
import type { Access, Connector, Found, Reading, Whose } from './connector.js';
import { OWN_SYSTEM } from './declaration.js';

/** What an id of this system means: `access:<resource>`, `licence:<attempt>`, `entitlement:<attempt>`, `link:<contact>`. */
const partsOf = (externalId: string): readonly [kind: string, id: string] => {
  const cut = externalId.indexOf(':');
  return [externalId.slice(0, cut), externalId.slice(cut + 1)];
};

/** The id of an administrator's access. */
export const accessIdIn = (resourceId: string): string => `access:${resourceId}`;

/** Makes its connector. */
export function createLocal(effects: Effects): Connector {
  /** The ledger is the door to transactions; a reading is kept with the job that it belongs to. */
  const within = <T extends Json>(
    effect: EffectOf,
    kind: string,
    run: (tx: Queryable) => Promise<T>,
  ) => once({ effects }, effect, kind, kind, run);
  const check = async (access: Access, effect: EffectOf): Promise<Reading> => {
    const open = await within(effect, 'access.read', (tx) => openIn(tx, access.customerId));
    const found = open.find(({ externalId }) => externalId === access.externalId);
    const state = found ? 'open' : 'gone';
    return { state, content: { externalId: access.externalId, count: found?.count ?? 0 } };
  };
  const set: Connector['set'] = async (access, open, effect) => {
    const state = open ? 'open' : 'closed';
    await within(effect, `access.${state}`, async (tx) => {
      await turn(tx, access, open);
      return null;
    });
    return { state, content: { externalId: access.externalId, state } };
  };
  return {
    system: OWN_SYSTEM,
    title: 'Jornada',
    method: 'registry',
    grants: false,
    check,
    grant: async () => {
      throw new Error('access.grant writes into the registry itself');
    },
    find: async (whose, effect) =>
      foundIn(await within(effect, 'access.read', (tx) => openIn(tx, whose.customerId)), whose),
    set,
    // what the registry has of it is no data of a person, and stays as ended
    remove: (access, effect) => set(access, false, effect),
  };
}

/** What lets in: resources of a kind and attempt together, for a licence is one a seat. */
interface Open extends Record<string, Json> {
  readonly externalId: string;
  readonly kind: string;
  readonly contactId: string | null;
  readonly count: number;
}

async function openIn(tx: Queryable, customerId: string): Promise<readonly Open[]> {
  const open = new Map<string, Open>();
  for (const kind of LETS_IN) {
    for (const resource of await activeResources(tx, kind, { customerId })) {
      const { externalId, contactId } = placeOf(kind, resource);
      const count = (open.get(externalId)?.count ?? 0) + 1;
      open.set(externalId, { externalId, kind: kindOf(kind), contactId, count });
    }
  }
  for (const contactId of await contactsWithLinks(tx, customerId)) {
    const externalId = `link:${contactId}`;
    open.set(externalId, { externalId, kind: 'link', contactId, count: 1 });
  }
  return [...open.values()];
}

const kindOf = (kind: ResourceKind): string => (kind === 'access' ? 'account' : kind);

function placeOf(kind: ResourceKind, { resourceId, attempt, detail }: Resource) {
  if (kind !== 'access') return { externalId: `${kind}:${attempt}`, contactId: null };
  const { contactId } = detail;
  return {
    externalId: accessIdIn(resourceId),
    contactId: typeof contactId === 'string' ? contactId : null,
  };
}

function foundIn(open: readonly Open[], { contactId, grants }: Whose): readonly Found[] {
  const mine = open.filter((one) => contactId === null || one.contactId === contactId);
  const found = mine.map(
    ({ externalId, kind, contactId: of, count }): Found => ({
      ...{ externalId, kind, contactId: of, holder: 'contact', state: 'open' },
      label: count > 1 ? `${kind} ×${count}` : kind,
      content: { externalId, count },
    }),
  );
  const gone = grants
    .filter(({ externalId }) => !mine.some((one) => one.externalId === externalId))
    .map(
      ({ externalId, kind, contactId: of }): Found => ({
        ...{ externalId, kind, contactId: of, holder: 'contact', state: 'gone', label: kind },
        content: { externalId, count: 0 },
      }),
    );
  return [...found, ...gone];
}

async function turn(tx: Queryable, { customerId, externalId }: Access, open: boolean) {
  const [kind, id] = partsOf(externalId);
  const change = open ? restoreResources : revokeResources;
  if (kind === 'access') {
    await change(tx, { customerId, resourceId: id });
  } else if (kind === 'licence' || kind === 'entitlement') {
    await change(tx, { customerId, kind, attempt: id });
  } else if (kind === 'link' && !open) {
    // a link lets in once and for hours: one that was killed is not revived, a new one is sent
    await killLinks(tx, { contactId: id });
  }
}
