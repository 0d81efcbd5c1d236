/**
 * A SCIM server as a connected system. Accounts are found by the customer's attribute, by contact (externalId, userName)
 * and by what the record has; each is then read by its id, for lists lag. Class: side effect. Source: RFC 7643, RFC 7644.
 */
import type { Json } from '../../engine/model/index.js';
import type { Effects } from '../../store/index.js';
import type { Egress } from '../http/egress.js';
import { final, type ScimServer } from '../scim/ask.js';
import { attributeOf, equals, isActive, type ScimUser } from '../scim/resource.js';
import {
  createUser,
  deleteUser,
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
  const place = { systemId: system.id, baseUrl: system.baseUrl, egress, now };
  const withinMs = system.withinSeconds * 1000;
  const writer: ScimServer = { ...place, withinMs, token: system.writeToken, use: 'writing' };
  const reader: ScimServer = { ...place, withinMs, token: system.readToken, use: 'reading' };
  return {
    system: system.id,
    title: system.title,
    method: 'disable',
    grants: system.grants,
    find: (whose) => find(system, writer, whose),
    check: ({ externalId, contactId }) => check(system, reader, externalId, contactId),
    set: async (access, open, key) => {
      const request = { externalId: access.externalId, open };
      const outcome = await settle(effects, key, 'scim', request, () =>
        set(system, writer, access, open),
      );
      const state = outcome === 'gone' ? 'gone' : open ? 'open' : 'closed';
      return { state, content: { externalId: access.externalId, outcome } };
    },
    remove: async (access, key) => {
      if (!system.mayDelete) throw final('SCIM_DELETE_REFUSED', { system: system.id });
      const { externalId } = access;
      await settle(effects, key, 'scim', { externalId, remove: true }, async () => {
        const id = await idOf(system, writer, access);
        if (id !== null) await deleteUser(writer, id);
        return 'gone';
      });
      return { state: 'gone', content: { externalId, outcome: 'deleted' } };
    },
    grant: (holder, key) =>
      settle(effects, key, 'scim', { contactId: holder.contactId }, () =>
        grant(system, writer, holder),
      ),
  };
}

async function set(system: ScimSystem, server: ScimServer, access: Access, open: boolean) {
  const id = await idOf(system, server, access);
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
  const isFine = !open && (system.notFoundMeansGone || system.whenInactive === 'not-found');
  if (!isFine) throw final('SCIM_NOT_FOUND', { system: system.id });
  return 'gone' as const;
}

/** An account that was being made when the worker died is known by its contact alone. */
async function idOf(
  system: ScimSystem,
  server: ScimServer,
  { externalId, contactId }: Pick<Access, 'externalId' | 'contactId'>,
): Promise<string | null> {
  if (contactId === null || externalId !== contactId) return externalId;
  const found = await matching(system, server, 'externalId', contactId);
  return found[0]?.id ?? null;
}

async function check(
  system: ScimSystem,
  reader: ScimServer,
  externalId: string,
  contactId: string | null,
): Promise<Reading> {
  const id = await idOf(system, reader, { externalId, contactId });
  const read = id === null ? null : await getUser(reader, id);
  if (read) return readingOf(read.user);
  const isGone = system.notFoundMeansGone || system.whenInactive === 'not-found';
  return { state: isGone ? 'gone' : 'unclear', content: { externalId, status: 404 } };
}

function readingOf(user: ScimUser): Reading {
  const { id, userName = null, externalId = null, active = null, meta } = user;
  const content: Json = { id, userName, externalId, active, version: meta?.version ?? null };
  return { state: isActive(user) ? 'open' : 'closed', content };
}

async function find(
  system: ScimSystem,
  server: ScimServer,
  whose: Whose,
): Promise<readonly Found[]> {
  const { customerId, contactId, contacts, grants } = whose;
  const listed = new Map<string, ScimUser>();
  const add = async (attribute: string, text: string): Promise<void> => {
    for (const user of await matching(system, server, attribute, text)) listed.set(user.id, user);
  };
  if (!system.canFilter) {
    const all = await listUsers(server, null);
    for (const user of all) if (belongs(system, user, whose)) listed.set(user.id, user);
  } else {
    if (contactId === null && system.customerAttribute !== null) {
      await add(system.customerAttribute, customerId);
    }
    for (const contact of contacts) {
      await add('externalId', contact.contactId);
      await add('userName', contact.mail);
    }
  }
  const known = grants.map(({ externalId }) => externalId).filter((id) => !listed.has(id));
  const found: Found[] = [];
  for (const id of [...listed.keys(), ...known]) {
    const pending = grants.find((one) => one.externalId === id && one.contactId === id);
    // its account is among those that were listed, or it was never made
    if (pending && [...listed.values()].some(({ externalId }) => externalId === id)) continue;
    const read = pending ? null : await getUser(server, id);
    if (read) found.push(foundUser(system, read.user, whose));
    else found.push(notFound(system, id, grants));
  }
  return found;
}

async function matching(
  system: ScimSystem,
  server: ScimServer,
  attribute: string,
  text: string,
): Promise<readonly ScimUser[]> {
  const filter = system.canFilter ? equals(attribute, text) : null;
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
    state: system.notFoundMeansGone ? 'gone' : 'unclear',
    content: { externalId, status: 404 },
    externalId,
    kind: grant?.kind ?? 'account',
    holder: 'contact',
    contactId: grant?.contactId ?? null,
    label: null,
  };
}

/** Looks first: an attempt whose answer was lost may have made it. */
async function grant(
  system: ScimSystem,
  server: ScimServer,
  { customerId, contactId, name, mail }: Holder,
): Promise<string> {
  const [made] = await matching(system, server, 'externalId', contactId);
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
