/**
 * The command line: `jornada <verb> <resource>`. A command's code is loaded when it is called.
 * Exit codes: 0 done, 1 failed, 2 usage, 3 unreachable. Class: side effect.
 */
import process from 'node:process';
import { Command, CommanderError, Option } from 'commander';
import { type Fault, fault } from '../engine/errors/index.js';
import { remediedOnce } from '../history/index.js';
import { addEngineCommands } from './engine-commands.js';
import { environment } from './environment.js';
import { CommandFailure, EXIT, type ExitCode } from './failure.js';
import { createTerminal, type Surroundings, type Terminal } from './terminal.js';
import { readVersion } from './version.js';

interface Flags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly color: boolean;
}

/** Runs the command line of this process. */
export function runProcess(args: readonly string[]): Promise<ExitCode> {
  // A reader that has seen enough, such as `head`, is no failure: the command goes on and ends as it would.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return main(args, { stdout: process.stdout, stderr: process.stderr, environment });
}

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function main(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const outcome: { code: ExitCode } = { code: EXIT.done };
  const isJson = asksForJson(args);
  const program = createProgram(outcome, around, isJson);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    const { fault, exitCode } = whatFailed(error);
    if (fault === null) return exitCode;
    const terminal = terminalOf(program, around);
    // What is wrong with a command line was said beside its help.
    if (!(error instanceof CommanderError) || isJson)
      terminal.complain(shown(error, fault, terminal));
    if (isJson) await terminal.data(JSON.stringify({ error: fault }));
    return exitCode;
  }
}

/** Also where the rest of the command line is wrong, and so is not read. Class: pure. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}

/** All commands, their flags and help. `outcome` hears how one ended. @internal */
export function createProgram(
  outcome: { code: ExitCode },
  around: Surroundings,
  isJson: boolean,
): Command {
  const program = new Command('jornada')
    .description('The life of a customer as BPMN 2.0 processes, executed durably on Temporal')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      // For programs the fault follows as JSON, and its text alone for who reads along.
      writeErr: (text) => void (isJson || around.stderr.write(text)),
    })
    .version(readVersion(), '--version', 'the version of this program')
    .enablePositionalOptions();
  withExample(program, 'jornada scenario run definitions/*/scenarios/*.yaml');
  withFlags(program);
  const scenario = program.command('scenario').description('tests that travel with a process');
  withExample(scenario, 'jornada scenario run definitions/signup/scenarios');
  const run = scenario
    .command('run')
    .description('run scenarios and say which hold')
    .argument('<file...>', 'files, folders or patterns')
    .addOption(
      new Option('--on <host>', 'where to run').choices(['play', 'temporal']).default('play'),
    )
    .option('--trace', 'with the whole journal')
    .action(async (files: string[], { on, trace }) => {
      const { runScenarios } = await import('./commands/scenario-run.js');
      const options = { on, hasTrace: trace === true };
      outcome.code = await runScenarios(terminalOf(run, around), files, options);
    });
  withFlags(withExample(run, 'jornada scenario run tests/*.yaml --json'));
  const lint = program
    .command('lint')
    .description('check models and decisions before they are deployed')
    .argument('<file...>', '.bpmn and .dmn files, folders, or keys of packages')
    .action(async (files: string[]) => {
      const { lint: check } = await import('./commands/lint.js');
      outcome.code = await check(terminalOf(lint, around), files);
    });
  withFlags(withExample(lint, 'jornada lint definitions/signup'));
  const templates = program
    .command('templates')
    .description('write what Camunda Modeler offers for tasks of Jornada')
    .option('--out <folder>', 'folder whose diagrams they are for', 'definitions')
    .action(async ({ out }: { readonly out: string }) => {
      const { templates: write } = await import('./commands/templates.js');
      outcome.code = await write(terminalOf(templates, around), out);
    });
  withFlags(withExample(templates, 'jornada templates'));
  addEngineCommands(program, {
    environment: around.environment,
    terminalOf: (command) => terminalOf(command, around),
    dress: (command, example) => withFlags(withExample(command, example)),
    ended: (code) => {
      outcome.code = code;
    },
  });
  return program;
}

function withExample(command: Command, example: string): Command {
  const path: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) path.unshift(at.name());
  // What is wrong with one verb is seen in its own help.
  const help = path.length === 0 ? 'help' : `${path.join(' ')} --help`;
  return command
    .showHelpAfterError(`See: npx jornada ${help}`)
    .addHelpText('before', `Example: npx ${example}\n`);
}

function withFlags(command: Command): Command {
  return command
    .option('--json', 'data as JSON')
    .option('--quiet', 'no talk, only data and errors')
    .option('--debug', 'with stacks')
    .option('--no-color', 'without colours');
}

/** Flags count wherever they stand: before the verb or behind it. */
function terminalOf(command: Command, around: Surroundings): Terminal {
  const all: Flags[] = [];
  for (let at: Command | null = command; at; at = at.parent) all.push(at.opts<Flags>());
  return createTerminal(
    {
      isJson: all.some(({ json }) => json === true),
      isQuiet: all.some(({ quiet }) => quiet === true),
      isDebug: all.some(({ debug }) => debug === true),
      mayColor: all.every(({ color }) => color !== false),
    },
    around,
  );
}

/** What to say of an error, and how the command ends. Help that was asked for is no error. Class: pure. */
function whatFailed(error: unknown): { readonly fault: Fault | null; readonly exitCode: ExitCode } {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { fault: null, exitCode: EXIT.done };
    const isHelp = error.code === 'commander.help';
    const said = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    const detail = isHelp ? 'what it is to do is missing' : said;
    return { fault: fault('COMMAND_INVALID', { detail }), exitCode: EXIT.usage };
  }
  if (error instanceof CommandFailure) return { fault: error.fault, exitCode: error.exitCode };
  const detail = error instanceof Error ? error.message : String(error);
  return { fault: fault('COMMAND_FAILED', { detail }), exitCode: EXIT.failed };
}

function shown(error: unknown, { code, message }: Fault, { isDebug }: Terminal): string {
  const isCoded = error instanceof CommandFailure || error instanceof CommanderError;
  if (!isCoded && isDebug && error instanceof Error && error.stack) return error.stack;
  return `${code}: ${remediedOnce(message)}`;
}
