/** What is done to instances, their variables and incidents. */
import { ACT, CONSENT, type Flags, VARIABLES, type Verb } from '../declaration.js';
import { TURN_BATCH } from './batches.js';

const instances = () => import('../commands/instances.js');
const modifying = () => import('../commands/modify.js');
const migrating = () => import('../commands/migrate.js');

/** Where to, and what is called otherwise there. */
const PLAN: Flags = [
  ['--to <version>', 'version to go to (the latest)'],
  ['--map <from:to...>', 'element or flow, and what it is called there'],
  ['--dry-run', 'only say what would happen'],
];

/** Its verbs. */
export const INSTANCES: readonly Verb[] = [
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
      TURN_BATCH.cancel,
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
      TURN_BATCH.suspend,
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
      TURN_BATCH.resume,
    ],
  ],
  [
    'modify',
    'move the tokens of an instance',
    'jornada modify pi 9f3c21ab --move check:ship --reason "checked by phone"',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'cancel, activate and move tokens, all or nothing, after saying what that does and asking',
        example: 'jornada modify pi 9f3c21ab --cancel check:7 --activate ship --dry-run',
        flags: [
          ...ACT,
          ...CONSENT,
          ['--cancel <what...>', 'element (all of it) or element:7 (one instance of it)'],
          ['--activate <what...>', 'element or flow; element@scope:7 in that scope instance'],
          ['--move <from:to...>', 'element or element:7, and the element that its token goes to'],
          ['--variables <json>', 'of the process, set before; a JSON object, @file or @-'],
          ['--dry-run', 'only say what would happen'],
        ],
        load: async () => (await modifying()).modify,
      },
    ],
  ],
  [
    'migrate',
    'let instances go on with another version of their process',
    'jornada migrate pi 9f3c21ab --to 4 --map check:review --reason "the check is shorter now"',
    [
      {
        usage: 'pi <key>',
        alias: 'process-instance',
        does: 'let an instance go on with another version, all or nothing, after saying what that does and asking',
        example: 'jornada migrate pi 9f3c21ab --dry-run',
        flags: [...ACT, ...CONSENT, ...PLAN],
        load: async () => (await migrating()).migrateOne,
      },
      {
        usage: 'pd <process>',
        alias: 'process-definition',
        does: 'let all running instances of a version go on with another: those that can, after asking',
        example: 'jornada migrate pd support-ticket --from 3 --dry-run',
        flags: [
          ...ACT,
          ...CONSENT,
          ['--from <version>', 'version that they run (all others)'],
          ...PLAN,
        ],
        load: async () => (await migrating()).migrateAll,
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
    'drop',
    'take away what no decision can be taken on',
    'jornada drop event 9f3c21ab --reason "sent twice"',
    [
      {
        usage: 'event <key>',
        does: 'take an event away from a parked instance, after asking; the first that waits',
        example: 'jornada drop event 9f3c21ab --yes',
        flags: [...ACT, ...CONSENT, ['--number <n>', 'which of those that wait, from 1 (1)']],
        load: async () => (await instances()).dropEvent,
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
