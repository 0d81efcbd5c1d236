/**
 * The provider of identities, spoken to by OpenID Connect: code flow with PKCE, signatures checked also where TLS would do, and
 * no algorithm but these. Class: side effect (network). Source: OpenID Connect Core 1.0 §3.1; RFC 9700.
 */
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  type ServerMetadata,
} from 'openid-client';
import { Problem } from '../../problem.js';
import type { Claims } from './mapping.js';
import type { Pending } from './pending.js';
import type { ProviderSettings } from './settings.js';

/** How tokens may be signed: by a key that only the provider has. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
const SKEW_SECONDS = 60;
/** The provider is looked up again after so long: keys and addresses change. */
const FRESH_MS = 3_600_000;

/** Speaks to it. */
export interface ProviderClient {
  /** Where a browser goes to sign in. Errors: `PROVIDER_UNAVAILABLE`. */
  readonly addressOf: (pending: Pending) => Promise<string>;
  /** What it says of who came back. Errors: `PROVIDER_REFUSED`, `PROVIDER_UNAVAILABLE`. */
  readonly redeem: (pending: Pending, query: string) => Promise<Claims>;
  /** What a token of its own says, if it is signed for us by it. Errors: `PROVIDER_REFUSED`, `PROVIDER_UNAVAILABLE`. */
  readonly verified: (token: string) => Promise<JWTPayload>;
}

/** Where it sends browsers back to. */
export const CALLBACK = '/sign-in/provider/callback';

/** Makes it; the provider is looked up when it is needed first. */
export function createProviderClient(
  settings: ProviderSettings,
  publicUrl: string,
  now: () => number,
): ProviderClient {
  const { issuer, clientId, scopes } = settings;
  let found: { readonly at: number; readonly made: Promise<Found> } | null = null;
  const look = (): Promise<Found> => {
    if (!found || now() - found.at > FRESH_MS) {
      const made = lookUp(settings);
      found = { at: now(), made };
      made.catch(() => {
        found = null;
      });
    }
    return found.made;
  };
  return {
    addressOf: async ({ state, nonce, codeVerifier }) => {
      const { configuration } = await look();
      return buildAuthorizationUrl(configuration, {
        redirect_uri: `${publicUrl}${CALLBACK}`,
        scope: scopes.join(' '),
        ...{ state, nonce, code_challenge_method: 'S256' },
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      }).href;
    },
    redeem: async ({ state, nonce, codeVerifier }, query) => {
      const { configuration } = await look();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
      try {
        const url = new URL(`${publicUrl}${CALLBACK}?${query}`);
        const tokens = await authorizationCodeGrant(configuration, url, {
          ...{ ...checks, idTokenExpected: true },
        });
        const claims = tokens.claims();
        if (!claims) throw new Error('there is no ID token');
        return claims as unknown as Claims;
      } catch (error) {
        throw new Problem(isOutOfReach(error) ? 'PROVIDER_UNAVAILABLE' : 'PROVIDER_REFUSED');
      }
    },
    verified: async (token) => {
      const { keys } = await look();
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience: clientId, algorithms: [...ALGORITHMS] },
        clockTolerance: SKEW_SECONDS,
      }).catch(() => {
        throw new Problem('PROVIDER_REFUSED');
      });
      return payload;
    },
  };
}

interface Found {
  readonly configuration: Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

async function lookUp({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Found> {
  const isPlain = issuer.startsWith('http:');
  const execute = isPlain ? [allowInsecureRequests] : [];
  const server = await discovery(new URL(issuer), clientId, undefined, undefined, {
    execute,
  }).catch(() => {
    throw new Problem('PROVIDER_UNAVAILABLE');
  });
  // Without the helpers that it has besides.
  const metadata = JSON.parse(JSON.stringify(server.serverMetadata())) as ServerMetadata;
  const offered = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const algorithms = offered.filter((one) => ALGORITHMS.includes(one));
  if (metadata.issuer !== issuer || algorithms.length === 0 || !metadata.jwks_uri) {
    throw new Problem('PROVIDER_REFUSED');
  }
  const configuration = new Configuration(
    { ...metadata, id_token_signing_alg_values_supported: algorithms },
    clientId,
    { [clockTolerance]: SKEW_SECONDS },
    ClientSecretPost(clientSecret),
  );
  if (isPlain) allowInsecureRequests(configuration);
  enableNonRepudiationChecks(configuration);
  return { configuration, keys: createRemoteJWKSet(new URL(metadata.jwks_uri)) };
}

/** Whether nobody answered, or the server failed: then nothing is wrong with what was sent. */
function isOutOfReach(error: unknown): boolean {
  const { code, status } = error as { readonly code?: string; readonly status?: number };
  return error instanceof TypeError || code === 'OAUTH_TIMEOUT' || (status ?? 0) >= 500;
}
