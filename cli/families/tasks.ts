/** What is done to tasks: `claim`, `assign`, `delegate`, `return`, `unassign`, `update`, `comment`, `complete`. */
import { ACT, VARIABLES, type Verb } from '../declaration.js';

const tasks = () => import('../commands/tasks.js');

/** Its verbs. */
export const TASKS: readonly Verb[] = [
  [
    'claim',
    'take work',
    `jornada claim ut 9f3c21ab --actor dana`,
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'take a task for yourself, if nobody else has it',
        example: `jornada claim ut 9f3c21ab --actor dana`,
        flags: ACT,
        load: async () => (await tasks()).claim,
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
    'delegate',
    'let another person help',
    `jornada delegate ut 9f3c21ab --to rui`,
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'let another person help with a task, who returns it',
        example: `jornada delegate ut 9f3c21ab --to rui`,
        flags: [...ACT, ['--to <user>', 'who']],
        load: async () => (await tasks()).delegate,
      },
    ],
  ],
  [
    'return',
    'hand delegated work back',
    `jornada return ut 9f3c21ab`,
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'hand a delegated task back to its owner',
        example: `jornada return ut 9f3c21ab`,
        flags: ACT,
        load: async () => (await tasks()).giveBack,
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
    'update',
    'change work',
    `jornada update ut 9f3c21ab --due 2026-12-01T12:00:00Z --priority 80`,
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'change when a task is due, how urgent it is, who finds it',
        example: `jornada update ut 9f3c21ab --due 2026-12-01T12:00:00Z --priority 80`,
        flags: [
          ...ACT,
          ['--due <when>', 'ISO 8601, or a duration from now such as P2D; none: not due'],
          ['--follow-up <when>', 'as --due: when to look at it again'],
          ['--priority <n>', '0 to 100'],
          ['--groups <a,b>', 'who finds it; none: no group'],
          ['--users <a,b>', 'who finds it; none: nobody by name'],
        ],
        load: async () => (await tasks()).update,
      },
    ],
  ],
  [
    'comment',
    'remark something',
    `jornada comment ut 9f3c21ab "called her, she writes tomorrow"`,
    [
      {
        usage: 'ut <key> <text>',
        alias: 'user-task',
        does: 'remark something on a task',
        example: `jornada comment ut 9f3c21ab "called her, she writes tomorrow"`,
        flags: ACT,
        load: async () => (await tasks()).comment,
      },
    ],
  ],
  [
    'complete',
    'complete work',
    `jornada complete ut 9f3c21ab --variables '{"decision": "logged-in"}'`,
    [
      {
        usage: 'ut <key>',
        alias: 'user-task',
        does: 'complete a task',
        example: `jornada complete ut 9f3c21ab --variables '{"decision": "logged-in"}' --actor dana`,
        flags: [...ACT, ...VARIABLES, ['--action <name>', 'the button that was pressed']],
        load: async () => (await tasks()).complete,
      },
    ],
  ],
];
