/** What is told to whoever waits: `publish`, `correlate`, `broadcast`. */
import { ACT, VARIABLES, type Verb } from '../declaration.js';

const messages = () => import('../commands/messages.js');

/** Its verbs. */
export const MESSAGES: readonly Verb[] = [
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
];
