/**
 * The command line: `jornada <verb> <resource>`. A command's code is loaded when it is called.
 * Exit codes: 0 done, 1 failed, 2 usage, 3 unreachable. Class: side effect.
 */
import process from 'node:process';
import { Command, CommanderError, Option } from 'commander';
import { addEngineCommands } from './engine-commands.js';
import { environment } from './environment.js';
import { CommandFailure, EXIT, type ExitCode } from './failure.js';
import { createTerminal, type Surroundings, type Terminal } from './terminal.js';

interface Flags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly color: boolean;
}

/** Runs the command line of this process. */
export function runProcess(args: readonly string[]): Promise<ExitCode> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  return main(args, { stdout: process.stdout, stderr: process.stderr, environment });
}

/** Runs one command line (without the program's own name) and returns its exit code. */
export async function main(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const outcome: { code: ExitCode } = { code: EXIT.done };
  const program = createProgram(outcome, around);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return outcome.code;
  } catch (error) {
    return complain(error, terminalOf(program, around));
  }
}

function createProgram(outcome: { code: ExitCode }, around: Surroundings): Command {
  const program = new Command('jornada')
    .description('The life of a customer as BPMN 2.0 processes, executed durably on Temporal')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      writeErr: (text) => void around.stderr.write(text),
    })
    .showHelpAfterError('See: jornada help')
    .enablePositionalOptions();
  withExample(program, 'jornada scenario run definitions/*/scenarios/*.yaml');
  withFlags(program);
  const scenario = program.command('scenario').description('tests that travel with a process');
  withExample(scenario, 'jornada scenario run definitions/offboarding/scenarios');
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
  withFlags(withExample(lint, 'jornada lint definitions/offboarding'));
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
  return command.addHelpText('before', `Example: ${example}\n`);
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

function complain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (error instanceof CommandFailure) {
    terminal.complain(`${error.fault.code}: ${error.message}`);
    return error.exitCode;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.complain(terminal.isDebug && stack ? stack : `${message} (see it all with --debug)`);
  return EXIT.failed;
}
