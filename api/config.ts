/** Where the app listens, read once from the environment. Class: pure. */
import * as z from 'zod';

/** Where it listens. */
export interface AppConfig {
  readonly host: string;
  readonly port: number;
  /** Whether another port will do: nobody outside was told this one. */
  readonly mayMove: boolean;
  /** Without a slash at its end; with another port it changes as well. */
  readonly publicUrl: string;
  /** Whose word on addresses is believed, where somebody else's server stands before ours; null: nobody's. */
  readonly proxies: string | null;
}

/** A port as environments write it. */
export const PORT = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port from 1 to 65535')
  .transform(Number)
  .refine((port) => port > 0 && port < 65_536, 'must be a port from 1 to 65535')
  .optional();

/** Where nobody outside this machine can ask. */
const LOOPBACK = '127.0.0.1';

/** Proxies of this machine. */
const OF_THIS_MACHINE = 'loopback';

/** Addresses and networks by commas, or the names that stand for some. Source: `proxy-addr`. */
export const PROXIES = z
  .string()
  .regex(
    /^(?:(?:loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(?:\/\d{1,3})?)(?:\s*,\s*|$))+$/,
    'must be addresses or networks by commas, or loopback, linklocal, uniquelocal',
  )
  .optional();

const LOCAL: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The app's place. Links begin with `publicUrl`: where that is of this machine, the app listens at its port, and at the
 * next free one when it is taken; where it is not, a proxy stands before `PORT`, 3000 unless it is set.
 */
export function appConfigOf(
  publicUrl: string,
  port: number | null,
  host: string = LOOPBACK,
  proxies: string = OF_THIS_MACHINE,
): AppConfig {
  const { port: named } = new URL(publicUrl);
  const isLocal = isOfThisMachine(publicUrl);
  const own = isLocal ? Number(named || 80) : 3000;
  return {
    host,
    port: port ?? own,
    mayMove: isLocal && port === null,
    publicUrl: isLocal && port !== null ? withPort(publicUrl, port) : publicUrl,
    proxies: isLocal ? null : proxies,
  };
}

/** Whether a URL is of this machine, by plain HTTP: nobody else reads what is sent there. */
export function isOfThisMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && LOCAL.includes(hostname);
}

/** The same URL at another port. */
export function withPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.href.replace(/\/+$/, '');
}
