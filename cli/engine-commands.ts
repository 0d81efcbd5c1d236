/** The commands that speak to a running engine, and the one that starts it. */
import type { Command } from 'commander';
import {
  ACT,
  CONSENT,
  DATA,
  type Declaration,
  declare,
  FIELDS,
  type Lent,
  LIST,
  VARIABLES,
} from './declaration.js';
import { BATCHES } from './families/batches.js';
import { CUSTOMERS } from './families/customers.js';
import { EXPORTS } from './families/exports.js';
import { IDENTITIES } from './families/identities.js';
import { INSTANCES } from './families/instances.js';
import { MESSAGES } from './families/messages.js';
import { READS } from './families/reads.js';
import { TASKS } from './families/tasks.js';

/** Adds them all. */
export function addEngineCommands(program: Command, lent: Lent): void {
  addStart(program, lent);
  for (const [name, does, example, declarations] of [
    ...READS,
    ...TASKS,
    ...MESSAGES,
    ...INSTANCES,
    ...BATCHES,
    ...CUSTOMERS,
    ...EXPORTS,
    ...IDENTITIES,
  ]) {
    const verb = lent.dress(program.command(name).description(does), example);
    for (const one of declarations) declare(verb, one, lent);
  }
  for (const one of SINGLE) declare(program, one, lent);
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
        ['--demo', 'with sample customers and instances to work on, where no other customers are'],
        ['--no-demo', 'without them, also with npm start'],
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
    example: 'jornada run signup --variables @definitions/signup/examples/order.json',
    flags: [
      ...ACT,
      ...VARIABLES,
      ['--customer <key>', 'whose id is the variable customerId; as of get customers'],
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
    usage: 'audit [of...]',
    does: 'who did what, when and why: an instance (KEY), pd [NAME], msg [NAME], or all there is; verify [FOLDER] and export FOLDER show that nobody changed it',
    example: 'jornada audit 9f3c21ab',
    flags: [
      ...LIST,
      ['--all', 'with what only the engine does, and every act'],
      ['--by <name>', 'what this person did; * and ? stand for any'],
      ['--since <when>', '90s, 10m, 24h, 7d ago, or a date or instant of ISO 8601'],
      ['--refused', 'only what was refused or failed'],
      ['--checkpoint <file>', 'verify: checkpoints that were kept elsewhere'],
    ],
    load: async () => (await import('./commands/audit.js')).audit,
  },
  {
    usage: 'report [process...]',
    does: 'what processes did: figures of all, or the report of one as SVG and as HTML for print; process or process:version',
    example: 'jornada report support-ticket --by week',
    flags: [
      ...DATA,
      ...FIELDS,
      ['--from <day>', 'first day, such as 2026-03-01 (30 days up to --to)'],
      ['--to <day>', 'last day, counted in (today)'],
      ['--zone <zone>', 'time zone of days (that of the engine)'],
      ['--by <period>', 'day, week or month (day)'],
      ['--out <folder>', 'where to write (report-<process>-<from>-<to>)'],
      ['--locale <locale>', 'en or pt-BR (en)'],
    ],
    load: async () => (await import('./commands/report.js')).report,
  },
  {
    usage: 'doctor',
    does: 'look at the machine, the configuration and the engine',
    example: 'jornada doctor --env',
    flags: [...DATA, ['--env', 'the environment variables instead, never their values']],
    load: async () => (await import('./commands/doctor.js')).doctor,
  },
  {
    usage: 'demo',
    does: 'take one customer of an imported list through all processes, and tell what happens; starts an engine if none runs',
    example: 'jornada demo',
    flags: [
      ...DATA,
      ['--customer <key>', 'this customer, who is erased in the end; else one of the samples'],
      ...CONSENT,
    ],
    load: async () => (await import('./commands/demo.js')).demo,
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
