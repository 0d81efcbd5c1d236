/**
 * The cookie of a session. With HTTPS its name begins with `__Host-`, so that no other host can set it; browsers take such
 * a cookie by HTTPS alone, so on `http://localhost` it has another name. Class: pure. Source: RFC 6265bis §4.1.3.2.
 */

/** Its name. */
export function cookieName(isHttps: boolean): string {
  return isHttps ? '__Host-jornada' : 'jornada-session';
}

/** What it is set with. It lasts as long as the browser; the server ends sessions by itself. */
export function cookieOptions(isHttps: boolean) {
  return { path: '/', httpOnly: true, secure: isHttps, sameSite: 'lax' } as const;
}
