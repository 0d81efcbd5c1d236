/** The app over a running engine, and Camunda's own client for people with API tokens. */
import { randomUUID } from 'node:crypto';
import { type CamundaClient, createCamundaClient } from '@camunda8/orchestration-cluster-api';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../api/app.js';
import { createToken } from '../../api/identities/api-tokens.js';
import { createAttempts } from '../../api/identities/attempts.js';
import { createPasswords } from '../../api/identities/passwords.js';
import type { CsmSees } from '../../api/identities/portfolio.js';
import type { Role } from '../../contracts/identities.js';
import type { Operate } from '../../contracts/operate.js';
import { createRegistry } from '../../registry/index.js';
import type { Store } from '../../store/index.js';
import { designerDeps } from './designer.js';
import { holdToTold } from './openapi.js';

/** An app that listens, and who asks it. */
export interface People {
  readonly app: FastifyInstance;
  /** Faults of ours, and answers of another shape than the document promises. */
  readonly troubles: readonly unknown[];
  readonly address: string;
  /** Somebody new with these roles, as `loginName:token`. */
  readonly token: (roles: readonly Role[], groups?: readonly string[]) => Promise<string>;
  /** The client of somebody, who is told when an answer has another shape than promised. */
  readonly client: (credentials: string) => CamundaClient;
}

/** Opens it on a free port. */
export async function openPeople(
  store: Store,
  operate: Operate,
  csmSees: CsmSees = 'all',
): Promise<People> {
  const identities = {
    ...{ people: store.identities, passwords: createPasswords(), attempts: createAttempts() },
    ...{
      publicUrl: 'http://localhost',
      provider: null,
      scimTokenHash: null,
      factorPolicy: 'none' as const,
      csmSees,
      now: Date.now,
    },
  };
  const camunda = {
    ...{ store, operate, registry: createRegistry(store), version: '0.0.0' },
    cursorSecret: Buffer.from('of a test'),
  };
  const designer = designerDeps();
  const webhooks = { refusalOf: async () => null, look: () => {} };
  const links = { useAccess: async () => false, openExport: async () => 'unknown' as const };
  const troubles: unknown[] = [];
  const app = await buildApp({
    state: {
      deps: {
        ...links,
        readiness: async () => [],
        identities,
        camunda,
        designer,
        webhooks,
        records: null as never,
      },
      origin: 'http://localhost',
    },
    ...{ isHttps: false, proxies: null },
    trouble: (error) => {
      troubles.push(error);
      process.stderr.write(`${String((error as Error).stack ?? error)}\n`);
    },
  });
  holdToTold(app, troubles);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ app, troubles },
    address,
    token: async (roles, groups = []) => {
      const loginName = `p-${randomUUID().slice(0, 8)}`;
      const by = () => ({
        actor: null,
        requestId: 'test',
        reason: null,
        at: new Date().toISOString(),
      });
      const user = await store.identities.add(
        {
          ...{ userId: randomUUID(), loginName, displayName: 'A Person', mail: null },
          ...({ locale: 'en', groups, isDemo: false, roles } as const),
        },
        'unusable',
        by(),
      );
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const wanted = { name: 'test', scopes: [...roles], expiresAt };
      const { secret } = await createToken(identities, user, wanted as never, by());
      return `${loginName}:${secret}`;
    },
    client: (credentials) => {
      const [username = '', password = ''] = credentials.split(':');
      return createCamundaClient({
        config: {
          ...{ CAMUNDA_REST_ADDRESS: address, CAMUNDA_AUTH_STRATEGY: 'BASIC' },
          ...{ CAMUNDA_BASIC_AUTH_USERNAME: username, CAMUNDA_BASIC_AUTH_PASSWORD: password },
          ...{ CAMUNDA_SDK_VALIDATION: 'req:none,res:fanatical', CAMUNDA_SDK_LOG_LEVEL: 'error' },
        } as never,
        env: {},
      });
    },
  };
}
