/**
 * A provider of identities that listens: discovery, authorisation, token and keys of OpenID Connect, with PKCE checked and tokens
 * signed by `jose`. A test may have it do what a bad one, or a bad network, would.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** Somebody whom it knows, as their tokens tell them. */
export type Known = JWTPayload & { readonly sub: string };

/** What it does otherwise than it should. */
export interface Twist {
  /** What the ID token says instead. */
  readonly claims?: JWTPayload;
  readonly signing?:
    | 'none'
    | 'HS256 by the public key'
    | 'another key'
    | 'PS256'
    | 'ES256'
    | 'EdDSA';
  /** It hands the code of another sign-in out. */
  readonly code?: string;
}

/** One that listens. */
export interface TestProvider {
  readonly issuer: string;
  /** Follows an address as a browser in which somebody is signed in there. @returns where it is sent back to */
  readonly visit: (address: string, who: Known) => Promise<URL>;
  /** Who is signed in there in every browser that comes by itself. */
  readonly signedIn: (who: Known) => void;
  /** A token by which it says that sessions have ended. */
  readonly logoutToken: (claims: JWTPayload) => Promise<string>;
  readonly twist: (next: Twist) => void;
  readonly close: () => Promise<void>;
}

/** What a client has to know. */
export const CLIENT = { clientId: 'jornada', clientSecret: 'of-the-test-alone-0123456789' };

interface Code {
  readonly who: Known;
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

/** Opens one on a free port. */
export async function openProvider(): Promise<TestProvider> {
  const pairs = {
    RS256: await generateKeyPair('RS256', { extractable: true }),
    PS256: await generateKeyPair('PS256', { extractable: true }),
    ES256: await generateKeyPair('ES256', { extractable: true }),
    EdDSA: await generateKeyPair('EdDSA', { extractable: true }),
  };
  const other = await generateKeyPair('RS256');
  const codes = new Map<string, Code>();
  let twist: Twist = {};
  let present: Known | null = null;
  let issuer = '';

  const keys = async () => ({
    keys: await Promise.all(
      Object.entries(pairs).map(async ([alg, { publicKey }]) => ({
        ...(await exportJWK(publicKey)),
        ...{ alg, kid: alg, use: 'sig' },
      })),
    ),
  });
  const sign = async (claims: JWTPayload, typ = 'JWT'): Promise<string> => {
    const { signing } = twist;
    if (signing === 'none') return new UnsecuredJWT(claims).encode();
    if (signing === 'HS256 by the public key') {
      const secret = Buffer.from(JSON.stringify((await keys()).keys[0]));
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(secret);
    }
    const alg = signing === undefined || signing === 'another key' ? 'RS256' : signing;
    const key = signing === 'another key' ? other.privateKey : pairs[alg].privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg, kid: alg, typ }).sign(key);
  };
  const authorize = (query: URLSearchParams, who: Known): URL => {
    const back = new URL(query.get('redirect_uri') ?? '');
    const code = twist.code ?? randomBytes(24).toString('base64url');
    if (!twist.code) {
      codes.set(code, {
        ...{ who, challenge: query.get('code_challenge') ?? '', nonce: query.get('nonce') ?? '' },
        redirectUri: back.href,
      });
    }
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', issuer);
    return back;
  };
  const token = async (form: URLSearchParams): Promise<[number, object]> => {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const isClient = form.get('client_secret') === CLIENT.clientSecret;
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = code?.challenge === challenge && code.redirectUri === form.get('redirect_uri');
    if (!code || !isClient || !fits) return [400, { error: 'invalid_grant' }];
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: issuer, aud: CLIENT.clientId, iat: now, exp: now + 300, nonce: code.nonce },
      ...{ ...code.who, ...twist.claims },
    };
    const idToken = await sign(claims);
    return [200, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken }];
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname === '/.well-known/openid-configuration') return send(200, discoveryOf(issuer));
    if (pathname === '/authorize' && present) {
      response.writeHead(302, { location: authorize(searchParams, present).href }).end();
      return;
    }
    if (pathname === '/keys') return send(200, await keys());
    if (pathname === '/token')
      return send(...(await token(new URLSearchParams(await textOf(request)))));
    send(404, {});
  });
  issuer = `http://localhost:${await listening(server)}`;
  return {
    issuer,
    visit: async (address, who) => authorize(new URL(address).searchParams, who),
    signedIn: (who) => {
      present = who;
    },
    logoutToken: (claims) => {
      const now = Math.floor(Date.now() / 1000);
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
      const common = { iss: issuer, aud: CLIENT.clientId, iat: now, exp: now + 120 };
      return sign({ ...common, jti: randomUUID(), events, ...claims }, 'logout+jwt');
    },
    twist: (next) => {
      twist = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const discoveryOf = (issuer: string) => ({
  ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
  ...{ jwks_uri: `${issuer}/keys`, response_types_supported: ['code'] },
  ...{ subject_types_supported: ['public'], code_challenge_methods_supported: ['S256'] },
  id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'none'],
  authorization_response_iss_parameter_supported: true,
  ...{ backchannel_logout_supported: true, backchannel_logout_session_supported: true },
});

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as { port: number }).port));
  });

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
