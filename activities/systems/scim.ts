/**
 * A SCIM server as a connected system. Accounts are found by the customer's attribute, by contact (externalId, userName)
 * and by what the record has; each is then read by its id, for lists lag. Class: side effect. Source: RFC 7643, RFC 7644.
 */
import type { Json } from '../../engine/model/index.js';
import type { Effects } from '../../store/index.js';
import { scimConnector } from '../connectors.js';
import { final } from '../failures.js';
import type { Egress } from '../http/egress.js';
import type { ScimServer } from '../scim/ask.js';
import { attributeOf, equals, isActive, type ScimUser } from '../scim/resource.js';
import {
  createUser,
  deleteUser,
  filters,
  getUser,
  leaveGroup,
  listUsers,
  setActive,
} from '../scim/users.js';
import type { Access, Connector, Found, Holder, Reading, Whose } from './connector.js';
import type { ScimSystem } from './declaration.js';
import { settle } from './settle.js';

/** What it leans on. */
export interface ScimDeps {
  readonly effects: Effects;
  readonly egress: Egress;
  readonly now: () => number;
}

/** Makes the connector of one server. */
export function createScim(system: ScimSystem, { effects, egress, now }: ScimDeps): Connector {
  const connector = scimConnector(system.id);
  const place = { systemId: system.id, baseUrl: system.baseUrl, egress, now };
  const withinMs = system.withinSeconds * 1000;
  const side = (token: string, use: string): Side => {
    const server: ScimServer = { ...place, withinMs, token, use };
    let asked: Promise<boolean> | undefined;
    const canFilter = (): Promise<boolean> => {
      if (system.canFilter !== null) return Promise.resolve(system.canFilter);
      asked ??= filters(server);
      return asked;
    };
    return { system, server, canFilter };
  };
  const writer = side(system.writeToken, 'writing');
  const reader = side(system.readToken, 'reading');
  return {
    system: system.id,
    title: system.title,
    method: 'disable',
    grants: system.grants,
    find: (whose) => find(writer, whose),
    check: ({ externalId, contactId }) => check(reader, externalId, contactId),
    set: async (access, open, effect) => {
      const request = { externalId: access.externalId, open };
      const outcome = await settle(effects, effect, connector, request, () =>
        set(writer, access, open),
      );
      const state = outcome === 'gone' ? 'gone' : open ? 'open' : 'closed';
      return { state, content: { externalId: access.externalId, outcome } };
    },
    remove: async (access, effect) => {
      if (!system.mayDelete) throw final('SCIM_DELETE_REFUSED', { system: system.id });
      const { externalId } = access;
      await settle(effects, effect, connector, { externalId, remove: true }, async () => {
        const id = await idOf(writer, access);
        if (id !== null) await deleteUser(writer.server, id);
        return 'gone';
      });
      return { state: 'gone', content: { externalId, outcome: 'deleted' } };
    },
    grant: (holder, effect) =>
      settle(effects, effect, connector, { contactId: holder.contactId }, () =>
        grant(writer, holder),
      ),
  };
}

/** A server as one of its credentials sees it, and whether it filters, which it is asked once a job. */
interface Side {
  readonly system: ScimSystem;
  readonly server: ScimServer;
  readonly canFilter: () => Promise<boolean>;
}

/** Whether 404 on the id of an account says that nobody gets in by it. */
const isGoneBy404 = ({ notFoundMeansGone, whenInactive }: ScimSystem): boolean =>
  notFoundMeansGone || whenInactive === 'not-found';

async function set(side: Side, access: Access, open: boolean) {
  const { system, server } = side;
  const id = await idOf(side, access);
  if (id === null) {
    if (open || !system.notFoundMeansGone) throw final('SCIM_NOT_FOUND', { system: system.id });
    return 'gone' as const;
  }
  if (!open && system.leavesGroups) {
    const read = await getUser(server, id);
    for (const { value } of read?.user.groups ?? []) await leaveGroup(server, value, id);
  }
  const outcome = await setActive(server, id, open);
  if (outcome !== null) return outcome;
  // an account that was disabled may answer 404 from then on
  if (open || !isGoneBy404(system)) throw final('SCIM_NOT_FOUND', { system: system.id });
  return 'gone' as const;
}

/** An account that was being made when the worker died is known by its contact alone. */
async function idOf(
  side: Side,
  { externalId, contactId }: Pick<Access, 'externalId' | 'contactId'>,
): Promise<string | null> {
  if (contactId === null || externalId !== contactId) return externalId;
  const found = await matching(side, 'externalId', contactId);
  return found[0]?.id ?? null;
}

async function check(side: Side, externalId: string, contactId: string | null): Promise<Reading> {
  const id = await idOf(side, { externalId, contactId });
  const read = id === null ? null : await getUser(side.server, id);
  if (read) return readingOf(read.user);
  const state = isGoneBy404(side.system) ? 'gone' : 'unclear';
  return { state, content: { externalId, status: 404 } };
}

function readingOf(user: ScimUser): Reading {
  const { id, userName = null, externalId = null, active = null, meta } = user;
  const content: Json = { id, userName, externalId, active, version: meta?.version ?? null };
  return { state: isActive(user) ? 'open' : 'closed', content };
}

/** Accounts that are read side by side. */
const SIDE_BY_SIDE = 4;

async function find(side: Side, whose: Whose): Promise<readonly Found[]> {
  const { system, server } = side;
  const { grants } = whose;
  const listed = await listOf(side, whose);
  const made = new Set([...listed.values()].map(({ externalId }) => externalId));
  // an account that is being made is among those that were listed, or it never was
  const known = grants.filter(
    ({ externalId, contactId }) =>
      !listed.has(externalId) && !(externalId === contactId && made.has(contactId)),
  );
  const isMade = (id: string): boolean =>
    !grants.some(({ externalId, contactId }) => externalId === id && contactId === id);
  const ids = [...listed.keys(), ...known.map(({ externalId }) => externalId)];
  const found: Found[] = [];
  for (let from = 0; from < ids.length; from += SIDE_BY_SIDE) {
    const some = ids.slice(from, from + SIDE_BY_SIDE).map(async (id) => {
      const read = isMade(id) ? await getUser(server, id) : null;
      return read ? foundUser(system, read.user, whose) : notFound(system, id, grants);
    });
    found.push(...(await Promise.all(some)));
  }
  return found;
}

async function listOf(side: Side, whose: Whose): Promise<ReadonlyMap<string, ScimUser>> {
  const { system, server, canFilter } = side;
  const { customerId, contactId, contacts } = whose;
  const listed = new Map<string, ScimUser>();
  if (!(await canFilter())) {
    const all = await listUsers(server, null);
    for (const user of all) if (belongs(system, user, whose)) listed.set(user.id, user);
    return listed;
  }
  const add = async (attribute: string, text: string): Promise<void> => {
    for (const user of await matching(side, attribute, text)) listed.set(user.id, user);
  };
  if (contactId === null && system.customerAttribute !== null) {
    await add(system.customerAttribute, customerId);
  }
  for (const contact of contacts) {
    await add('externalId', contact.contactId);
    await add('userName', contact.mail);
  }
  return listed;
}

async function matching(
  { server, canFilter }: Side,
  attribute: string,
  text: string,
): Promise<readonly ScimUser[]> {
  const filter = (await canFilter()) ? equals(attribute, text) : null;
  const users = await listUsers(server, filter);
  // servers that do not know a filter may leave it out, and tell all their accounts
  return users.filter((user) => isSame(attribute, attributeOf(user, attribute), text));
}

/** RFC 7643 §4.1.1: a userName is told apart without regard to case. */
const isSame = (attribute: string, found: string | null, text: string): boolean =>
  attribute === 'userName' ? found?.toLowerCase() === text.toLowerCase() : found === text;

function belongs({ customerAttribute }: ScimSystem, user: ScimUser, whose: Whose): boolean {
  const isOfCustomer =
    whose.contactId === null &&
    customerAttribute !== null &&
    attributeOf(user, customerAttribute) === whose.customerId;
  return isOfCustomer || contactOf(user, whose) !== null;
}

function contactOf({ externalId, userName }: ScimUser, { contacts }: Whose): string | null {
  const name = userName?.toLowerCase();
  const found = contacts.find(
    ({ contactId, mail }) => contactId === externalId || mail.toLowerCase() === name,
  );
  return found?.contactId ?? null;
}

function foundUser({ staffDomains }: ScimSystem, user: ScimUser, whose: Whose): Found {
  const domain = user.userName?.toLowerCase().split('@')[1] ?? '';
  return {
    ...readingOf(user),
    externalId: user.id,
    kind: 'account',
    holder: staffDomains.includes(domain) ? 'staff' : 'contact',
    contactId: contactOf(user, whose),
    label: user.userName ?? user.displayName ?? null,
  };
}

function notFound(system: ScimSystem, externalId: string, grants: readonly Access[]): Found {
  const grant = grants.find((one) => one.externalId === externalId);
  return {
    state: isGoneBy404(system) ? 'gone' : 'unclear',
    content: { externalId, status: 404 },
    externalId,
    kind: grant?.kind ?? 'account',
    holder: 'contact',
    contactId: grant?.contactId ?? null,
    label: null,
  };
}

/** Looks first: an attempt whose answer was lost may have made it. */
async function grant(side: Side, { customerId, contactId, name, mail }: Holder): Promise<string> {
  const { system, server } = side;
  const [made] = await matching(side, 'externalId', contactId);
  if (made) {
    await setActive(server, made.id, true);
    return made.id;
  }
  return createUser(server, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    externalId: contactId,
    userName: mail,
    displayName: name,
    active: true,
    emails: [{ value: mail, type: 'work', primary: true }],
    ...customerIn(system, customerId),
  });
}

/** The customer's attribute, as a resource holds it. */
function customerIn({ customerAttribute }: ScimSystem, customerId: string): Record<string, Json> {
  if (customerAttribute === null) return {};
  const cut = customerAttribute.lastIndexOf(':');
  const name = customerAttribute.slice(cut + 1);
  return cut < 0
    ? { [name]: customerId }
    : { [customerAttribute.slice(0, cut)]: { [name]: customerId } };
}
