/**
 * Whether a request that changes something comes of a page of ours. Browsers say where a request comes from and let no
 * page say otherwise; the token shows that the page could read what we answer. Class: pure. Source: OWASP ASVS 5.0, 3.5.
 */

/** What a request says of itself. */
export interface Sender {
  readonly method: string;
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined;
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  readonly hasBody: boolean;
  /** `X-CSRF-Token`. */
  readonly token: string | undefined;
}

/** Whether a method changes nothing. Source: RFC 9110 §9.2.1. */
export const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** @param isToken - whether this is the token of the session. @returns whether a request with a cookie may change something */
export function isOfOurPage(
  { method, site, origin, token, ...sent }: Sender,
  ownOrigin: string,
  isToken: (token: string) => boolean,
): boolean {
  if (isSafe(method)) return true;
  if (site !== 'same-origin' || origin !== ownOrigin || !isNoForm(sent)) return false;
  return token !== undefined && isToken(token);
}

/** Whether a request without a cookie may come of a page of somebody else; programs, which say nothing, do not. */
export function isOfAnotherPage({ method, site, origin, ...sent }: Sender, own: string): boolean {
  if (isSafe(method)) return false;
  if (site !== undefined && site !== 'same-origin') return true;
  return (origin !== undefined && origin !== own) || !isNoForm(sent);
}

/** Forms of other sites send no JSON without asking first, nor archives, nor bytes as they are. */
function isNoForm({ contentType, hasBody }: Pick<Sender, 'contentType' | 'hasBody'>): boolean {
  return !hasBody || /^application\/(json|octet-stream|zip)\s*(;|$)/i.test(contentType ?? '');
}
