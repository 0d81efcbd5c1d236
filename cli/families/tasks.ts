/** What is done to tasks: `assign`, `unassign`, `complete`. */
import { ACT, VARIABLES, type Verb } from '../declaration.js';

const tasks = () => import('../commands/tasks.js');

/** Its verbs. */
export const TASKS: readonly Verb[] = [
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
