/** `jornada doctor [--env]`: what is well and what is not, with the remedy. Exit codes: 0 all well, 1 something is not. */
import { type Check, checkMachine } from '../../worker/start/checks.js';
import { type CheckedVariable, checkEnvironment } from '../../worker/start/environment.js';
import type { EngineContext } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { type Column, tableLines } from '../table.js';

/** Looks at the machine, the configuration, and a running engine if there is one. */
export async function doctor(context: EngineContext): Promise<ExitCode> {
  const { terminal, environment, options, folder, client } = context;
  if (options.env === true) return showEnvironment(context);
  terminal.progress('looking …');
  const status = await client.call('status', {}).catch(() => null);
  const checks = await checkMachine({ environment, folder, status });
  const isWell = checks.every(({ state }) => state !== 'bad');
  if (terminal.isJson) await terminal.data(JSON.stringify({ isWell, checks }));
  else {
    for (const line of tableLines(CHECK_COLUMNS, checks, terminal)) await terminal.data(line);
  }
  return isWell ? EXIT.done : EXIT.failed;
}

async function showEnvironment({ terminal, environment }: EngineContext): Promise<ExitCode> {
  const variables = await checkEnvironment(environment);
  const isWell = variables.every(({ fault }) => fault === null);
  if (terminal.isJson) await terminal.data(JSON.stringify({ isWell, variables }));
  else {
    const lines = tableLines(VARIABLE_COLUMNS, variables, terminal);
    for (const line of lines) await terminal.data(line);
  }
  return isWell ? EXIT.done : EXIT.failed;
}

const STATES = { well: 'ok', note: 'note', bad: 'NOT OK' } as const;
const STATE_COLORS = { well: 'green', note: 'yellow', bad: 'red' } as const;

const CHECK_COLUMNS: readonly Column<Check>[] = [
  { title: 'PART', text: ({ part }) => part },
  { title: '', text: ({ state }) => STATES[state], color: ({ state }) => STATE_COLORS[state] },
  { title: 'DETAIL', text: ({ detail }) => detail, longest: 400 },
];

const VARIABLE_COLUMNS: readonly Column<CheckedVariable>[] = [
  { title: 'VARIABLE', text: ({ name }) => name },
  { title: 'FROM', text: ({ source }) => source },
  {
    title: '',
    text: ({ fault }) => (fault === null ? 'ok' : 'NOT OK'),
    color: ({ fault }) => (fault === null ? 'green' : 'red'),
  },
  { title: 'DETAIL', text: ({ detail, fault }) => fault ?? detail, longest: 400 },
];
