/** What is done to many instances at once: it is tried out, begun, listed, explained, held and called off. */
import {
  ACT,
  BY_PROCESS,
  CONSENT,
  DATA,
  type Declaration,
  FIELDS,
  LIST,
  type Verb,
} from '../declaration.js';

const batches = () => import('../commands/batches.js');

/** Lists them. */
export const SEARCH_BATCHES: Declaration = {
  usage: 'batches',
  alias: 'batch',
  does: 'acts upon many instances at once, newest first',
  example: 'jornada search batches --state active',
  flags: [
    ...LIST,
    [
      '--state <state>',
      'created, active, suspended, completed, partially_completed, cancelled; several by comma',
    ],
  ],
  load: async () => (await batches()).searchBatches,
};

/** Explains one. */
export const GET_BATCH: Declaration = {
  usage: 'batches <key>',
  alias: 'batch',
  does: 'how far a batch is, why it was begun, and the first items that failed',
  example: 'jornada get batches 9f3c21ab',
  flags: [...DATA, ...FIELDS],
  load: async () => (await batches()).getBatch,
};

const turn = (verb: 'cancel' | 'suspend' | 'resume', does: string, flags = ACT): Declaration => ({
  ...{ usage: 'batches <key>', alias: 'batch', does, flags },
  example: `jornada ${verb} batches 9f3c21ab`,
  load: async () => (await batches())[`${verb}Batch`],
});

/** What a batch is turned to. */
export const TURN_BATCH = {
  cancel: turn('cancel', 'call a batch off, after asking: what is done stays done', [
    ...ACT,
    ...CONSENT,
  ]),
  suspend: turn('suspend', 'hold a batch: it goes on with nothing until it is resumed'),
  resume: turn('resume', 'let a suspended batch go on'),
} as const;

/** Its verb. */
export const BATCHES: readonly Verb[] = [
  [
    'begin',
    'do something to many instances at once',
    'jornada begin batches suspend --process order --dry-run',
    [
      {
        usage: 'batches <act>',
        alias: 'batch',
        does: 'act: cancel, suspend, resume, resolve (incidents), migrate, modify; says what that does, and asks',
        example: 'jornada begin batches cancel --process order --reason "ordered twice"',
        flags: [
          ...ACT,
          ...CONSENT,
          ...BY_PROCESS,
          ['--from <version>', 'that run this version'],
          ['--state <state>', 'active, suspended; several by comma (both)'],
          ['--business-key <key>', 'with this business key; * and ? stand for any'],
          ['--incident', 'only with an open incident'],
          ['--to <version>', 'migrate: version to go to (the latest)'],
          ['--map <from:to...>', 'migrate: element or flow, and what it is called there'],
          ['--move <from:to...>', 'modify: element that all tokens at another go to'],
          ['--dry-run', 'only say what would happen'],
        ],
        load: async () => (await batches()).beginBatch,
      },
    ],
  ],
];
