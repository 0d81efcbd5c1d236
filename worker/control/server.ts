/**
 * The control socket of a running engine: HTTP and JSON on a Unix domain socket that its user alone may open.
 *
 * Repeated request ids are answered as before. Class: side effect.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type ControlReply,
  controlRequest,
  OPERATIONS,
  type OperationName,
} from '../../contracts/control.js';
import { isIllFormed } from '../../contracts/text.js';
import { IMPORT_STEPS } from './customers.js';
import { ControlFailure, refusal } from './failure.js';
import { parse, perform, refusalIn } from './operations.js';
import type { ControlParts } from './parts.js';
import { READS } from './reads.js';
import { createReplies, type Replies } from './replies.js';
import { prepareSocketFolder, socketPath } from './socket-path.js';

/** A control socket that listens. */
export interface ControlServer {
  readonly path: string;
  /** Takes no more requests, and waits for those under way. */
  readonly close: () => Promise<void>;
}

/** Answers to lines of imports are long, and whoever sends some waits for them before sending more. */
const STEPS_KEPT = 8;
const LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Listens. The caller holds the data folder, so a socket that is there was left behind.
 *
 * @param onTrouble - hears of errors that are no refusals
 */
export async function serveControl(
  parts: ControlParts,
  onTrouble: (error: unknown) => void,
): Promise<ControlServer> {
  const path = socketPath(parts.folder);
  const problem = prepareSocketFolder(parts.folder, path);
  if (problem !== null)
    throw refusal('START_FAILED', { stage: 'the control socket', detail: problem });
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const replies = { acts: createReplies(), steps: createReplies(STEPS_KEPT) };
  const server = createServer((request, response) => {
    void answer(parts, replies, request, onTrouble).then((reply) => send(response, reply));
  });
  await listen(server, path);
  return {
    path,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      if (process.platform !== 'win32') rmSync(path, { force: true });
    },
  };
}

/** The umask is set while the socket is made, so that there is no instant at which others may open it. */
async function listen(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const umask = process.umask(0o177);
  server.listen(path);
  process.umask(umask);
  await listening;
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}

async function answer(
  parts: ControlParts,
  replies: Readonly<Record<'acts' | 'steps', Replies>>,
  request: IncomingMessage,
  onTrouble: (error: unknown) => void,
): Promise<ControlReply> {
  try {
    const name = operationOf(request);
    const { input, through, ...who } = parse(controlRequest, await read(request));
    const asker = through === undefined ? who : { ...who, besides: { by: through } };
    const run = async (): Promise<ControlReply> => ({
      ok: true,
      output: await perform(parts, name, input, asker),
    });
    const wanted = !Object.hasOwn(READS, name) ? `${name} ${asker.requestId}` : null;
    const memory = Object.hasOwn(IMPORT_STEPS, name) ? replies.steps : replies.acts;
    return await memory.once(wanted, () => run().catch((error) => replyOf(error, onTrouble)));
  } catch (error) {
    return replyOf(error, onTrouble);
  }
}

function operationOf({ url, method }: IncomingMessage): OperationName {
  const operation = /^\/control\/(\w+)$/.exec(url ?? '')?.[1] ?? String(url);
  if (method === 'POST' && Object.hasOwn(OPERATIONS, operation)) return operation as OperationName;
  throw refusal('CONTROL_OPERATION_UNKNOWN', { operation });
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LIMIT_BYTES) throw refusal('CONTROL_REQUEST_TOO_LARGE', { limit: LIMIT_BYTES }, 2);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text, refuseUnspeakable);
  } catch (error) {
    if (error instanceof ControlFailure) throw error;
    throw refusal('CONTROL_REQUEST_INVALID', { detail: 'it is no JSON' }, 2);
  }
}

/** A key of this name would be lost without a word on its way through objects, and halves of characters become one and the same. */
function refuseUnspeakable(key: string, value: unknown): unknown {
  if (key === '__proto__') throw refusal('VARIABLE_NAME', { name: key });
  if (isIllFormed(key) || (typeof value === 'string' && isIllFormed(value))) {
    const detail = 'a text holds half of a surrogate pair';
    throw refusal('CONTROL_REQUEST_INVALID', { detail }, 2);
  }
  return value;
}

function replyOf(error: unknown, onTrouble: (error: unknown) => void): ControlReply {
  const known = refusalIn(error);
  if (known !== null) return { ok: false, ...known } as ControlReply;
  onTrouble(error);
  const detail = plainly(error);
  const { code, message } = refusal('CONTROL_FAILED', { detail });
  return { ok: false, code, message, exit: 1 };
}

/** What a fault says; of a statement that failed what the database said, not the statement with its values. */
function plainly(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isStatement = error.message.startsWith('Failed query');
  return isStatement && error.cause instanceof Error ? error.cause.message : error.message;
}

function send(response: ServerResponse, reply: ControlReply): void {
  const body = JSON.stringify(reply);
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
  response.end(body);
}
