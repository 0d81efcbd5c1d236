/** One request over a connection of its own, to an address that was checked, and its bounded answer. Class: side effect. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Destination } from './egress.js';

/** A request. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came of it. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** It certainly did not arrive. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** It may have arrived; no whole answer came. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** Bounds of one request. */
export interface ExchangeLimits {
  /** Milliseconds for all of it. */
  readonly withinMs: number;
  /** Bytes of the body of an answer. */
  readonly mostBytes: number;
}

/** Makes it. Never rejects; a proxy of the environment is not obeyed. */
export function exchange(
  { url, address }: Destination,
  { method, headers, body }: HttpRequest,
  { withinMs, mostBytes }: ExchangeLimits,
): Promise<Exchange> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    let isConnected = false;
    const request = send(url, { method, headers, agent: false, lookup: only(address) });
    const end = (outcome: Exchange): void => {
      clearTimeout(timer);
      resolve(outcome);
      request.destroy();
    };
    const fail = (detail: string): void =>
      end({ kind: isConnected ? 'unknown' : 'unreachable', detail });
    const timer = setTimeout(() => fail(`no answer within ${withinMs} ms`), withinMs);
    request.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    request.on('response', (response) => {
      readBody(response, mostBytes).then(
        (text) =>
          end({
            kind: 'answered',
            status: response.statusCode ?? 0,
            headers: headersOf(response),
            body: text,
          }),
        (error: Error) => fail(error.message),
      );
    });
    request.end(body ?? undefined);
  });
}

/** Whatever the name means by now, the connection goes to the address that was checked. */
function only(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, options, told) => {
    if (options.all) told(null, [{ address, family }]);
    else told(null, address, family);
  };
}

async function readBody(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('the answer was cut off');
  return Buffer.concat(chunks).toString('utf8');
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
