/** What is looked at: `search` and `get`. */
import {
  BY_INSTANCE,
  BY_PROCESS,
  BY_VARIABLE,
  DATA,
  FIELDS,
  LIST,
  type Verb,
} from '../declaration.js';
import { GET_BATCH, SEARCH_BATCHES } from './batches.js';
import { GET_CERTIFICATE, SEARCH_CERTIFICATES } from './certificates.js';
import { GET_CUSTOMER, SEARCH_CUSTOMERS } from './customers.js';
import { GET_EXPORT, SEARCH_EXPORTS } from './exports.js';
import { GET_TICKET, SEARCH_TICKETS } from './tickets.js';

const search = () => import('../commands/search.js');
const get = () => import('../commands/get.js');

const ENDED = ['--all', 'also of scopes that have ended'] as const;

/** Its verbs. */
export const READS: readonly Verb[] = [
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
          ['--user <user>', 'open to this person by name'],
          ['--owner <user>', 'delegated by this person'],
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
        does: 'variables, of scopes that have not ended',
        example: 'jornada search var --instance 9f3c21ab',
        flags: [...LIST, ...BY_PROCESS, ...BY_INSTANCE, ['--name <name>', 'of this name'], ENDED],
        load: async () => (await search()).searchVariables,
      },
      SEARCH_CUSTOMERS,
      SEARCH_EXPORTS,
      SEARCH_CERTIFICATES,
      SEARCH_TICKETS,
      SEARCH_BATCHES,
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
        flags: [...DATA, ...FIELDS, ENDED],
        load: async () => (await get()).getVariable,
      },
      GET_CUSTOMER,
      GET_EXPORT,
      GET_CERTIFICATE,
      GET_TICKET,
      GET_BATCH,
    ],
  ],
];
