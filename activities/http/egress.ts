/**
 * Where requests may go: to the public internet by http and https on their own ports, and wherever the operator allows
 * by name. Class: side effect (names are resolved). Source: OWASP ASVS 1.3.6, 13.2.4.
 */
import { ApplicationFailure } from '@temporalio/common';
import { explain } from '../../engine/errors/index.js';
import { isPublicAddress } from './address.js';

/** What may be reached. */
export interface Egress {
  /** `host` or `host:port` as URLs write them; without a port, 80 and 443. */
  readonly allowed: readonly string[];
  /** All addresses of a name. Rejects when there is none. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
}

/** A place that was checked: the connection is made to this address and no other. */
export interface Destination {
  readonly url: URL;
  readonly address: string;
}

/** Refuses a place for good. */
export function denied(detail: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(explain('EGRESS_DENIED', { detail }), 'EGRESS_DENIED');
}

/**
 * Checks where a URL leads, once: all its addresses have to be public, or the host is allowed by name.
 * Errors: `EGRESS_DENIED` (for good), `HTTP_UNAVAILABLE` when the name has no address.
 */
export async function destinationOf(text: string, egress: Egress): Promise<Destination> {
  const url = urlOf(text);
  const isAllowed = isAllowedByName(url, egress.allowed);
  if (!isAllowed && url.port !== '') {
    throw denied(`port ${url.port} of '${url.hostname}' is not allowed`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await egress.resolve(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) throw unresolved(url.hostname);
  if (!isAllowed && !addresses.every(isPublicAddress)) {
    throw denied(`'${url.hostname}' is of no public network`);
  }
  return { url, address };
}

/** URLs are read as browsers read them, so that `0x7f.1` and `2130706433` are seen for what they are. */
function urlOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw denied('the URL cannot be read');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw denied(`'${url.protocol}' is neither http: nor https:`);
  }
  if (url.username !== '' || url.password !== '') throw denied('the URL names a user');
  return url;
}

/** A URL leaves out the port that its scheme has by itself. */
const isAllowedByName = ({ host }: URL, allowed: readonly string[]): boolean =>
  allowed.includes(host);

function unresolved(host: string): ApplicationFailure {
  const message = explain('HTTP_UNAVAILABLE', { detail: `'${host}' has no address` });
  return ApplicationFailure.create({ type: 'HTTP_UNAVAILABLE', message });
}
