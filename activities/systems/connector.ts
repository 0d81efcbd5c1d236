/** What a connector is: the one file that knows a kind of system. Class: pure. */
import type { Json } from '../../engine/model/index.js';
import type { EffectOf } from '../side-effect.js';

/** Whose accesses are looked for. */
export interface Whose {
  readonly customerId: string;
  /** Null: all of the customer's. */
  readonly contactId: string | null;
  readonly contacts: readonly { readonly contactId: string; readonly mail: string }[];
  /** Accesses that the record has in this system. */
  readonly grants: readonly Access[];
}

/** An access, as the record has it. `externalId` is as the system calls it; of one being made, the contact's id. */
export interface Access {
  readonly grantId: string;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly kind: string;
  readonly externalId: string;
}

/**
 * How an access was seen. `open`: it lets in. `closed`: it is there and does not. `gone`: it is not there. `unclear`: the
 * system does not know it, and there that proves nothing.
 */
export interface Reading {
  readonly state: 'open' | 'closed' | 'gone' | 'unclear';
  /** What was read, as evidence. */
  readonly content: Json;
}

/** An access that was found, or one of the record that was looked for. */
export interface Found extends Reading {
  readonly externalId: string;
  readonly kind: string;
  readonly holder: 'contact' | 'staff';
  readonly contactId: string | null;
  /** Name under which people know it there; null: none but its id. */
  readonly label: string | null;
}

/** Somebody who is to have an account. */
export interface Holder {
  readonly customerId: string;
  readonly contactId: string;
  readonly name: string;
  readonly mail: string;
}

/**
 * A connected system. `effect` is one of its own: what changes something happens once under it, and what was begun by
 * an attempt that died is found and finished. Errors: coded failures, tried again or for good.
 */
export interface Connector {
  readonly system: string;
  readonly title: string;
  /** Word for how it revokes; null: nothing does, a person must. */
  readonly method: string | null;
  /** Whether accounts are made here when access is granted. */
  readonly grants: boolean;
  /** What is there, by what may write. Every access of the record is among it, found or not. */
  readonly find: (whose: Whose, effect: EffectOf) => Promise<readonly Found[]>;
  /** Closes or opens an access. What it answers proves nothing yet. */
  readonly set: (access: Access, open: boolean, effect: EffectOf) => Promise<Reading>;
  /** Deletes an access for good. Errors: `SCIM_DELETE_REFUSED` where the operator does not allow it. */
  readonly remove: (access: Access, effect: EffectOf) => Promise<Reading>;
  /** Reads an access by another credential than that which changes. */
  readonly check: (access: Access, effect: EffectOf) => Promise<Reading>;
  /** Makes an account. @returns what the system calls it */
  readonly grant: (holder: Holder, effect: EffectOf) => Promise<string>;
}
