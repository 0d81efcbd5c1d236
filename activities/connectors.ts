/** How outside systems are named in the ledger of effects. Class: pure. */

/** The mail server. */
export const MAIL_CONNECTOR = 'mail';

/** A SCIM server, by its id in the file of systems. */
export const scimConnector = (systemId: string): string => `scim:${systemId}`;

/** A system that is asked by requests of models: its origin; nothing else of an address, which may name a person. */
export const httpConnector = (url: string): string =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).origin : 'http';

/** `scim` of `scim:crm`: what the ledger calls the kind of effect. */
export const kindOfConnector = (connector: string): string => connector.split(':')[0] ?? connector;
