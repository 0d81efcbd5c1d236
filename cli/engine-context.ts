/** What a command has that speaks to a running engine. Class: side effect. */
import { userInfo } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { type ErrorCode, type Facts, fault, kindOf } from '../engine/errors/index.js';
import { AuditFailure } from '../worker/audit/failure.js';
import {
  type ControlClient,
  createControlClient,
  EngineLost,
  EngineNotRunning,
  EngineStarting,
} from '../worker/control/client.js';
import { ControlFailure } from '../worker/control/failure.js';
import type { Environment } from './environment.js';
import { CommandFailure, EXIT, type ExitCode } from './failure.js';
import type { Terminal } from './terminal.js';

/** Values of the options of a command, by name. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** What a command is given. */
export interface EngineContext {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly options: Options;
  /** Data folder of the engine that is spoken to. */
  readonly folder: string;
  readonly client: ControlClient;
  /** Who acts. */
  readonly actor: string;
}

/** A command: its arguments as written, and how it ends. */
export type EngineCommand = (context: EngineContext, args: readonly string[]) => Promise<ExitCode>;

/** Runs a command and turns what an engine says into how a command ends. */
export async function runWithEngine(
  terminal: Terminal,
  environment: Environment,
  options: Options,
  run: (context: EngineContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = folderOf(options, environment);
  const actor = textOption(options, 'actor') ?? userInfo().username;
  const client = createControlClient({
    folder,
    actor,
    reason: textOption(options, 'reason'),
    startCommand: folder === DEFAULT_FOLDER ? 'npm start' : `npx jornada start --data ${folder}`,
  });
  try {
    return await run({ terminal, environment, options, folder, client, actor });
  } catch (error) {
    throw asCommandFailure(error);
  }
}

/** The data folder when nobody names one. */
export const DEFAULT_FOLDER = '.data';

/** `--data`, else `JORNADA_DATA`, else `.data` of this folder. Class: pure. */
export function folderOf(options: Options, { JORNADA_DATA }: Environment): string {
  return textOption(options, 'data') ?? (JORNADA_DATA || DEFAULT_FOLDER);
}

/** The text of an option, or null. Class: pure. */
export function textOption(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** The texts of an option that takes several: the one kind whose value is a list. Class: pure. */
export function textOptions(options: Options, name: string): readonly string[] {
  const value: unknown = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function asCommandFailure(error: unknown): unknown {
  const isUnreachable =
    error instanceof EngineNotRunning ||
    error instanceof EngineStarting ||
    error instanceof EngineLost;
  if (isUnreachable) return coded(error.code, error.message, EXIT.unreachable);
  if (error instanceof AuditFailure) {
    const isUsage = kindOf(error.code) === 'rejection';
    return coded(error.code, error.message, isUsage ? EXIT.usage : EXIT.failed);
  }
  if (error instanceof ControlFailure) return coded(error.code, error.message, error.exit);
  return error;
}

function coded(code: string, message: string, exit: ExitCode): CommandFailure {
  return new CommandFailure({ code: code as ErrorCode, message }, exit);
}

/** A refusal of what was written on the command line. Class: pure. */
export function misuse(expected: string, detail: string): CommandFailure {
  return failed('ARGUMENT_INVALID', { expected, detail }, EXIT.usage);
}

/** The failure of a code. Class: pure. */
export function failed<C extends ErrorCode>(
  code: C,
  facts: Facts<C>,
  exit: ExitCode,
): CommandFailure {
  return new CommandFailure(fault(code, facts), exit);
}

/**
 * Asks before something that cannot be undone.
 *
 * @param act - what is about to happen, as `cancel instance …`
 * @returns false when the person said no. Errors: `CONFIRMATION_MISSING` where nobody can be asked.
 */
export async function confirm({ terminal, options }: EngineContext, act: string): Promise<boolean> {
  if (options.yes === true) return true;
  if (terminal.isJson || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw failed('CONFIRMATION_MISSING', { act }, EXIT.usage);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = await asking.question(`Really ${act}? [y/N] `);
    if (/^y(es)?$/i.test(said.trim())) return true;
    terminal.talk('Nothing was changed.');
    return false;
  } finally {
    asking.close();
  }
}
