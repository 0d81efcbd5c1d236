/** How commands that speak to a running engine are declared: names, flags, help. */
import type { Command } from 'commander';
import { type EngineCommand, type Options, runWithEngine } from './engine-context.js';
import type { Environment } from './environment.js';
import type { ExitCode } from './failure.js';
import type { Terminal } from './terminal.js';

/** What the command line lends to these commands. */
export interface Lent {
  readonly environment: Environment;
  readonly terminalOf: (command: Command) => Terminal;
  /** Adds the flags that every command has, and the example that its help begins with. */
  readonly dress: (command: Command, example: string) => Command;
  readonly ended: (code: ExitCode) => void;
}

/** Flags as commander reads them, with their help. */
export type Flags = readonly (readonly [flags: string, help: string])[];

/** One command of a verb, or one without a resource. */
export interface Declaration {
  /** Resource and arguments: `ut <key>`. */
  readonly usage: string;
  /** The long name of the resource. */
  readonly alias?: string;
  readonly does: string;
  readonly example: string;
  readonly flags?: Flags;
  readonly load: () => Promise<EngineCommand>;
}

/** Which engine. */
export const DATA: Flags = [
  ['--data <folder>', 'data folder of the engine (JORNADA_DATA, else .data)'],
];
/** Who acts, and why. */
export const ACT: Flags = [
  ...DATA,
  ['--actor <name>', 'who acts (else the user of this system)'],
  ['--reason <text>', 'why; kept in the audit'],
];
/** What is shown of a row. */
export const FIELDS: Flags = [['--fields <a,b>', 'only these fields, in this order']];
/** Values that are sent. */
export const VARIABLES: Flags = [
  ['--variables <json>', 'a JSON object, or @file, or @- for standard input'],
];
/** How long a list is, and in which order. */
export const LIST: Flags = [
  ...DATA,
  ...FIELDS,
  ['--limit <n>', 'rows at most (50)'],
  ['--sort <field>', 'field or field:desc, several by comma'],
];
/** Only of a process. */
export const BY_PROCESS: Flags = [['--process <id>', 'of this process; * and ? stand for any']];
/** Only of an instance. */
export const BY_INSTANCE: Flags = [['--instance <key>', 'of this instance']];
/** Only where a variable has a value. */
export const BY_VARIABLE: Flags = [['--variable <name=value>', 'whose instance has this variable']];
/** Consent beforehand, of what cannot be undone. */
export const CONSENT: Flags = [['--yes', 'do not ask']];

/** A verb and what it is said of. */
export type Verb = readonly [
  name: string,
  does: string,
  example: string,
  declarations: readonly Declaration[],
];

/** Adds one command. */
export function declare(parent: Command, declaration: Declaration, lent: Lent): void {
  const { usage, alias, does, example, flags = DATA, load } = declaration;
  const command = parent.command(usage).description(does);
  if (alias) command.alias(alias);
  for (const [name, help] of flags) command.option(name, help);
  lent.dress(command, example).action(async (...given: unknown[]) => {
    const args = given.slice(0, -2).flat() as string[];
    const options = command.opts() as Options;
    const run = await load();
    const terminal = lent.terminalOf(command);
    const code = await runWithEngine(terminal, lent.environment, options, (context) =>
      run(context, args),
    );
    lent.ended(code);
  });
}
