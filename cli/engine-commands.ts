/** The commands that speak to a running engine, and the one that starts it: names, flags, help. */
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
type Flags = readonly (readonly [flags: string, help: string])[];

interface Declaration {
  /** Resource and arguments: `ut <key>`. */
  readonly usage: string;
  /** The long name of the resource. */
  readonly alias?: string;
  readonly does: string;
  readonly example: string;
  readonly flags?: Flags;
  readonly load: () => Promise<EngineCommand>;
}

const DATA: Flags = [['--data <folder>', 'data folder of the engine (JORNADA_DATA, else .data)']];
const ACT: Flags = [
  ...DATA,
  ['--actor <name>', 'who acts (else the user of this system)'],
  ['--reason <text>', 'why; kept in the audit'],
];
const FIELDS: Flags = [['--fields <a,b>', 'only these fields, in this order']];
const VARIABLES: Flags = [
  ['--variables <json>', 'a JSON object, or @file, or @- for standard input'],
];
const LIST: Flags = [
  ...DATA,
  ...FIELDS,
  ['--limit <n>', 'rows at most (50)'],
  ['--sort <field>', 'field or field:desc, several by comma'],
];
const BY_PROCESS: Flags = [['--process <id>', 'of this process; * and ? stand for any']];
const BY_INSTANCE: Flags = [['--instance <key>', 'of this instance']];
const BY_VARIABLE: Flags = [['--variable <name=value>', 'whose instance has this variable']];
const CONSENT: Flags = [['--yes', 'do not ask']];

/** Adds them all. */
export function addEngineCommands(program: Command, lent: Lent): void {
  addStart(program, lent);
  for (const [name, does, example, declarations] of VERBS) {
    const verb = lent.dress(program.command(name).description(does), example);
    for (const one of declarations) declare(verb, one, lent);
  }
  for (const one of SINGLE) declare(program, one, lent);
}

function declare(parent: Command, declaration: Declaration, lent: Lent): void {
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

function addStart(program: Command, lent: Lent): void {
  declare(
    program,
    {
      usage: 'start',
      does: 'start everything on this machine, until Ctrl-C',
      example: 'jornada start',
      flags: [
        ...DATA,
        ['--demo', 'with demonstration data, as far as this version has any'],
        ['--fresh', 'set the data of before aside and begin anew'],
        ['--port <port>', 'port of the Temporal development server (7233, or a free one)'],
        ['--no-download', 'never download or build a Temporal server'],
        ['--definitions <folder>', 'packages to deploy at the start (definitions)'],
      ],
      load: async () => (await import('./commands/start.js')).start,
    },
    lent,
  );
}

const search = () => import('./commands/search.js');
const get = () => import('./commands/get.js');
const tasks = () => import('./commands/tasks.js');
const instances = () => import('./commands/instances.js');
const messages = () => import('./commands/messages.js');

type Verb = readonly [
  name: string,
  does: string,
  example: string,
  declarations: readonly Declaration[],
];

const VERBS: readonly Verb[] = [
  [
    'search',
    'list what there is',
    'jornada search ut --assignee dana',
    [
      {
        usage: 'pd',
        alias: 'process-definition',
        does: 'process definitions',
        example: 'jornada search pd',
        flags: [...LIST, ...BY_PROCESS, ['--all', 'older versions too']],
        load: async () => (await search()).searchProcesses,
      },
      {
        usage: 'pi',
        alias: 'process-instance',
        does: 'process instances, newest first',
        example: 'jornada search pi --state active --process signup',
        flags: [
          ...LIST,
          ...BY_PROCESS,
          ...BY_VARIABLE,
          [
            '--state <state>',
            'active, suspended, completed, cancelled, failed, refused; several by comma',
          ],
          ['--business-key <key>', 'with this business key'],
          ['--incident', 'only with an open incident'],
        ],
        load: async () => (await search()).searchInstances,
      },
      {
        usage: 'ut',
        alias: 'user-task',
        does: 'user tasks; open ones unless --state says otherwise',
        example: 'jornada search ut --group support --sort dueAt',
        flags: [
          ...LIST,
          ...BY_PROCESS,
          ...BY_INSTANCE,
          ...BY_VARIABLE,
          ['--state <state>', 'open, completed, cancelled, all; several by comma'],
          ['--assignee <user>', 'of this person'],
          ['--unassigned', 'of nobody yet'],
          ['--group <group>', 'open to this group'],
        ],
        load: async () => (await search()).searchTasks,
      },
      {
        usage: 'inc',
        alias: 'incident',
        does: 'incidents; open ones unless --state says otherwise',
        example: 'jornada search inc',
        flags: [
          ...LIST,
          ...BY_PROCESS,
          ...BY_INSTANCE,
          ['--state <state>', 'active, resolved, closed, all; several by comma'],
        ],
        load: async () => (await search()).searchIncidents,
      },
      {
        usage: 'var',
        alias: 'variable',
        does: 'variables',
        example: 'jornada search var --instance 9f3c21ab',
        flags: [...LIST, ...BY_PROCESS, ...BY_INSTANCE, ['--name <name>', 'of this name']],
        load: async () => (await search()).searchVariables,
      },
    ],
  ],
  [
    'get',
    'show one thing',
    'jornada get pi 9f3c21ab',
    [
      {
        usage: 'pd <key>',
        alias: 'process-definition',
        does: 'a process and its outline; key: process or process:version',
        example: 'jornada get pd signup:2',
        flags: [...DATA, ...FIELDS],
        load: async () => (await get()).getProcess,
      },
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'an instance and where it stands',
        example: 'jornada get pi 9f3c21ab',
        flags: [...DATA, ...FIELDS],
        load: async () => (await get()).getInstance,
      },
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'a task and the variables of its instance',
        example: 'jornada get ut 9f3c21ab/approve:4',
        flags: [...DATA, ...FIELDS],
        load: async () => (await get()).getTask,
      },
      {
        usage: 'inc <key>',
        alias: 'incident',
        does: 'an incident',
        example: 'jornada get inc 9f3c21ab',
        flags: [...DATA, ...FIELDS],
        load: async () => (await get()).getIncident,
      },
      {
        usage: 'var <key>',
        alias: 'variable',
        does: 'variables of an instance; key: instance or instance/name',
        example: 'jornada get var 9f3c21ab/amount',
        flags: [...DATA, ...FIELDS],
        load: async () => (await get()).getVariable,
      },
    ],
  ],
  [
    'assign',
    'give work to a person',
    'jornada assign ut 9f3c21ab --to dana',
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'give a task to a person',
        example: 'jornada assign ut 9f3c21ab --to dana',
        flags: [...ACT, ['--to <user>', 'who'], ['--if-free', 'refuse when somebody else has it']],
        load: async () => (await tasks()).assign,
      },
    ],
  ],
  [
    'unassign',
    'give work back',
    'jornada unassign ut 9f3c21ab',
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'give a task back to its candidates',
        example: 'jornada unassign ut 9f3c21ab',
        flags: ACT,
        load: async () => (await tasks()).unassign,
      },
    ],
  ],
  [
    'complete',
    'complete work',
    'jornada complete ut 9f3c21ab --action approve',
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'complete a task',
        example: `jornada complete ut 9f3c21ab --action approve --variables '{"amount": 12}'`,
        flags: [...ACT, ...VARIABLES, ['--action <name>', 'the button that was pressed']],
        load: async () => (await tasks()).complete,
      },
    ],
  ],
  [
    'publish',
    'publish a message',
    'jornada publish msg order-paid --key 42',
    [
      {
        usage: 'msg <name>',
        alias: 'message',
        does: 'publish a message; it is kept until somebody takes it',
        example: 'jornada publish msg order-paid --key 42 --ttl 7d',
        flags: [
          ...ACT,
          ...VARIABLES,
          ['--key <key>', 'correlation key (none: the name alone matches)'],
          ['--ttl <duration>', 'how long it is kept: 0, 90s, 10m, 1h, 7d or ISO 8601 (1h)'],
          ['--id <id>', 'a message of the same id is taken once'],
        ],
        load: async () => (await messages()).publish,
      },
    ],
  ],
  [
    'correlate',
    'hand a message to who waits now',
    'jornada correlate msg order-paid --key 42',
    [
      {
        usage: 'msg <name>',
        alias: 'message',
        does: 'hand a message to who waits now; exits 1 when nobody does',
        example: 'jornada correlate msg order-paid --key 42',
        flags: [...ACT, ...VARIABLES, ['--key <key>', 'correlation key']],
        load: async () => (await messages()).correlate,
      },
    ],
  ],
  [
    'broadcast',
    'broadcast a signal',
    'jornada broadcast signal outage-over',
    [
      {
        usage: 'signal <name>',
        does: 'broadcast a signal to all who wait',
        example: 'jornada broadcast signal outage-over',
        flags: [...ACT, ...VARIABLES],
        load: async () => (await messages()).broadcast,
      },
    ],
  ],
  [
    'cancel',
    'cancel an instance',
    'jornada cancel pi 9f3c21ab --reason "opened twice"',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'cancel an instance, after asking',
        example: 'jornada cancel pi 9f3c21ab --yes',
        flags: [...ACT, ...CONSENT],
        load: async () => (await instances()).cancel,
      },
    ],
  ],
  [
    'suspend',
    'hold an instance',
    'jornada suspend pi 9f3c21ab',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'hold an instance: nothing moves until it is resumed',
        example: 'jornada suspend pi 9f3c21ab',
        flags: ACT,
        load: async () => (await instances()).suspend,
      },
    ],
  ],
  [
    'resume',
    'let an instance go on',
    'jornada resume pi 9f3c21ab',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'let a suspended instance go on',
        example: 'jornada resume pi 9f3c21ab --shift-timers',
        flags: [...ACT, ['--shift-timers', 'move due times by the time suspended']],
        load: async () => (await instances()).resume,
      },
    ],
  ],
  [
    'retry',
    'try again',
    'jornada retry pi 9f3c21ab',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'let a parked instance try its decision again now',
        example: 'jornada retry pi 9f3c21ab',
        flags: ACT,
        load: async () => (await instances()).retry,
      },
    ],
  ],
  [
    'set',
    'set variables',
    'jornada set var 9f3c21ab amount=12',
    [
      {
        usage: 'var <key> <name=value...>',
        alias: 'variable',
        does: 'set variables of an instance, or of a scope: instance/scope',
        example: `jornada set var 9f3c21ab amount=12 name=Ada 'tags=["a"]'`,
        flags: ACT,
        load: async () => (await instances()).setVariables,
      },
    ],
  ],
  [
    'resolve',
    'resolve an incident',
    'jornada resolve inc 9f3c21ab',
    [
      {
        usage: 'inc <key>',
        alias: 'incident',
        does: 'try what failed again',
        example: `jornada resolve inc 9f3c21ab --variables '{"amount": 12}'`,
        flags: [
          ...ACT,
          ...VARIABLES,
          ['--complete', 'take the work as done instead of trying again'],
        ],
        load: async () => (await instances()).resolve,
      },
    ],
  ],
];

const SINGLE: readonly Declaration[] = [
  {
    usage: 'deploy <place...>',
    does: 'deploy packages (folders) or files, all or nothing',
    example: 'jornada deploy definitions/signup',
    flags: [...ACT, ['--dry-run', 'say what would be deployed']],
    load: async () => (await import('./commands/deploy.js')).deploy,
  },
  {
    usage: 'run <process>',
    does: 'start an instance; process or process:version',
    example: `jornada run signup --variables '{"name": "Ada"}'`,
    flags: [
      ...ACT,
      ...VARIABLES,
      ['--start-event <id>', 'which start event, of several'],
      [
        '--business-key <key>',
        'one instance of the process ever has it; the same again does nothing',
      ],
      ['--await', 'wait until it ends; exits 1 unless it completes'],
    ],
    load: async () => (await import('./commands/run.js')).run,
  },
  {
    usage: 'audit <key>',
    does: 'the history of an instance: when, who, what, why',
    example: 'jornada audit 9f3c21ab',
    flags: [...DATA, ['--all', 'with what only the engine does, and every act']],
    load: async () => (await import('./commands/audit.js')).audit,
  },
  {
    usage: 'doctor',
    does: 'look at the machine, the configuration and the engine',
    example: 'jornada doctor --env',
    flags: [...DATA, ['--env', 'the environment variables instead, never their values']],
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  {
    usage: 'rebuild',
    does: 'make what people read anew from the journal',
    example: 'jornada rebuild',
    flags: ACT,
    load: async () => (await import('./commands/rebuild.js')).rebuild,
  },
  {
    usage: 'bench [arguments...]',
    does: 'measure the core on this machine',
    example: 'jornada bench',
    flags: [],
    load: async () => (await import('./commands/bench.js')).bench,
  },
];
