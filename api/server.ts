/** The app, listening. */
import type { FastifyInstance } from 'fastify';
import { StoreFailure } from '../store/index.js';
import { buildApp } from './app.js';
import { type AppConfig, withPort } from './config.js';
import type { AppDeps, AppState } from './deps.js';
import type { WebApp } from './pages/web-app.js';

/** A server that listens. */
export interface AppServer {
  /** What links begin with, without a slash at its end. */
  readonly publicUrl: string;
  /** `host:port` at which it listens. */
  readonly address: string;
  /** Whether it listens at another port than it should have. */
  readonly hasMoved: boolean;
  /** Says what its routes lean on; until then they answer that it is starting. */
  readonly open: (deps: AppDeps) => void;
  /** Shows the web app from now on. */
  readonly show: (web: WebApp) => void;
  /** Ends it at once: what is being fetched breaks off. */
  readonly close: () => Promise<void>;
}

/** Ports tried after the one that was wanted; then any. */
const MORE_PORTS = 20;

/** Starts it. Errors: `APP_PORT_TAKEN` when it must not move. Class: side effect. */
export async function startApp(
  config: AppConfig,
  trouble: (error: unknown) => void,
): Promise<AppServer> {
  const { host, port: wanted, mayMove, publicUrl, proxies } = config;
  const state: AppState = { deps: null, origin: new URL(publicUrl).origin };
  const ports = mayMove
    ? [...Array.from({ length: MORE_PORTS + 1 }, (_, more) => wanted + more), 0]
    : [wanted];
  for (const port of ports.filter((one) => one < 65_536)) {
    const isHttps = publicUrl.startsWith('https:');
    const app = await buildApp({ state, isHttps, proxies, trouble });
    try {
      await app.listen({ host, port });
    } catch (error) {
      await app.close();
      if (isTaken(error)) continue;
      throw error;
    }
    let closing: Promise<void> | null = null;
    const at = portOf(app) ?? port;
    const url = at === wanted ? publicUrl : withPort(publicUrl, at);
    state.origin = new URL(url).origin;
    return {
      publicUrl: url,
      address: `${host}:${at}`,
      hasMoved: at !== wanted,
      open: (deps) => {
        state.deps = deps;
      },
      show: (web) => {
        state.web = web;
      },
      close: () => {
        closing ??= app.close();
        return closing;
      },
    };
  }
  throw new StoreFailure('APP_PORT_TAKEN', { port: wanted });
}

function portOf(app: FastifyInstance): number | null {
  const [address] = app.addresses();
  return typeof address === 'object' ? address.port : null;
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'EADDRINUSE' || code === 'EACCES';
}
