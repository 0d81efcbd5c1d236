/** The other end of the control socket: what the command line asks a running engine with. */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type ControlReply,
  controlReply,
  OPERATIONS,
  type OperationInput,
  type OperationName,
  type OperationOutput,
} from '../../contracts/control.js';
import { explain } from '../../engine/errors/index.js';
import { type Starting, startingOn } from '../start/progress.js';
import { ControlFailure, refusal } from './failure.js';
import { TRY_AGAIN } from './replies.js';
import { socketPath } from './socket-path.js';

/** No engine answers on this data folder. */
export class EngineNotRunning extends Error {
  override readonly name = 'EngineNotRunning';
  readonly code = 'ENGINE_NOT_RUNNING';

  constructor(folder: string, command: string) {
    super(explain('ENGINE_NOT_RUNNING', { folder, command }));
  }
}

/** The engine is starting, and does not answer yet. */
export class EngineStarting extends Error {
  override readonly name = 'EngineStarting';
  readonly code = 'ENGINE_STARTING';

  constructor(folder: string, starting: Starting) {
    super(explain('ENGINE_STARTING', { folder, ...starting }));
  }
}

/** The engine went away after it was asked: nobody knows here whether it did what it was asked for. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
  readonly code = 'ENGINE_LOST';

  constructor(folder: string) {
    super(explain('ENGINE_LOST', { folder }));
  }
}

/** Who asks, and of which data folder. */
export interface ControlClientOptions {
  readonly folder: string;
  readonly actor: string;
  /** The program that asks in the name of the actor, who knows nothing of it; left out: the actor does. */
  readonly through?: string;
  readonly reason: string | null;
  /** The command that starts an engine there, for the message. */
  readonly startCommand: string;
}

/** Asks a running engine. */
export interface ControlClient {
  /**
   * Carries out one operation. A request that may not have arrived is sent again under the same id, which is harmless.
   *
   * Errors: `ControlFailure` with the engine's code and exit code; `EngineNotRunning`; `EngineStarting`; `EngineLost`.
   */
  readonly call: <N extends OperationName>(
    operation: N,
    input: OperationInput<N>,
  ) => Promise<OperationOutput<N>>;
}

const WAITS_MS = [100, 500, 2000];

/** Makes a client; nothing is connected until something is asked. Class: side effect. */
export function createControlClient(options: ControlClientOptions): ControlClient {
  const path = socketPath(options.folder);
  const { actor, reason, through } = options;
  return {
    call: async (operation, input) => {
      const body = JSON.stringify({ actor, reason, through, requestId: randomUUID(), input });
      const reply = await sendUntilAnswered(path, operation, body, options);
      if (!reply.ok) throw new ControlFailure(reply.code, reply.message, reply.exit);
      const parsed = OPERATIONS[operation].output.safeParse(reply.output);
      if (parsed.success) return parsed.data as never;
      const { path: where, message } = parsed.error.issues[0] ?? {
        path: [],
        message: 'it differs',
      };
      const detail = `${operation}.${where.map(String).join('.')}: ${message}`;
      throw refusal('CONTROL_ANSWER_INVALID', { detail, folder: options.folder });
    },
  };
}

async function sendUntilAnswered(
  path: string,
  operation: string,
  body: string,
  { folder, startCommand }: ControlClientOptions,
): Promise<ControlReply> {
  let wasAsked = false;
  for (let turn = 0; ; turn += 1) {
    const wait = WAITS_MS[turn];
    try {
      const reply = await send(path, operation, body);
      if (reply.ok || wait === undefined || !TRY_AGAIN.includes(reply.code)) return reply;
    } catch (error) {
      if (isAbsent(error) || wait === undefined) {
        if (wasAsked || !isAbsent(error)) throw new EngineLost(resolve(folder));
        const starting = startingOn(resolve(folder));
        if (starting !== null) throw new EngineStarting(resolve(folder), starting);
        throw new EngineNotRunning(resolve(folder), startCommand);
      }
      wasAsked = true;
    }
    await setTimeout(wait);
  }
}

function send(socketPath: string, operation: string, body: string): Promise<ControlReply> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = { socketPath, path: `/control/${operation}`, method: 'POST', headers };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        try {
          resolve(controlReply.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
        } catch (error) {
          reject(error);
        }
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Nothing listens there, or not for us: trying again does not help. */
function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EACCES' || code === 'ENOTSOCK';
}
