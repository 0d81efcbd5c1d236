/**
 * Where a command writes: data to stdout, talk to stderr. Colours and progress only on a terminal, and only
 * if the environment allows. Class: side effect. Source: no-color.org.
 */
import type { Environment } from './environment.js';

/** What surrounds a command: two streams, and what the environment says. */
export interface Surroundings {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Environment;
}

/** How the user wants a command to write. */
export interface TerminalOptions {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isDebug: boolean;
  /** False: `--no-color`. */
  readonly mayColor: boolean;
}

/** What a command writes with. */
export interface Terminal extends TerminalOptions {
  /** Data; waits when the reader is slow. */
  data(line: string): Promise<void>;
  /** Talk; silent with `--quiet`. */
  talk(line: string): void;
  /** What went wrong; never silent. */
  complain(line: string): void;
  /** One line that replaces itself; nothing where nobody watches. */
  progress(line: string): void;
  paint(color: keyof typeof COLORS, text: string): string;
  /** Characters of a line; without end where no terminal shows it. */
  readonly width: number;
}

const COLORS = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

/** Makes the terminal of one command. */
export function createTerminal(options: TerminalOptions, around: Surroundings): Terminal {
  const { stdout, stderr } = around;
  const isWatched = stderr.isTTY === true && isInteractive(around.environment);
  const isColored = options.mayColor && !options.isJson && wantsColor(around);
  let hasProgress = false;
  let hasReader = true;
  stdout.once('error', () => {
    hasReader = false;
  });
  const clear = (): void => {
    if (hasProgress) stderr.write('\r\u001b[K');
    hasProgress = false;
  };
  const say = (line: string): void => {
    clear();
    stderr.write(`${line}\n`);
  };
  return {
    width: (stdout.isTTY === true && stdout.columns) || Number.POSITIVE_INFINITY,
    ...options,
    data: async (line) => {
      clear();
      if (!hasReader || stdout.write(`${line}\n`)) return;
      await drained(stdout);
    },
    talk: (line) => {
      if (!options.isQuiet) say(line);
    },
    complain: say,
    progress: (line) => {
      if (!isWatched || options.isQuiet) return;
      stderr.write(`\r\u001b[K${line}`);
      hasProgress = true;
    },
    paint: (color, text) => (isColored ? `\u001b[${COLORS[color]}m${text}\u001b[0m` : text),
  };
}

/** Resolves when the reader has caught up, or has gone. */
function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle).off('error', settle);
      resolve();
    };
    stream.on('drain', settle).on('error', settle);
  });
}

function wantsColor({ stdout, environment }: Surroundings): boolean {
  const { NO_COLOR, FORCE_COLOR } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR && FORCE_COLOR !== '0') return true;
  return stdout.isTTY === true && isInteractive(environment);
}

function isInteractive({ CI, TERM }: Environment): boolean {
  return !CI && TERM !== 'dumb';
}
