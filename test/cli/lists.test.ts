/** What `search` asks for, and how rows are chosen and shown. */
import { expect, test } from 'vitest';
import { getIncident, getTask } from '../../cli/commands/get.js';
import { searchIncidents, searchInstances, searchTasks } from '../../cli/commands/search.js';
import { complete } from '../../cli/commands/tasks.js';
import type { EngineContext } from '../../cli/engine-context.js';

const ID = '01a20758-589a-7715-ad90-63d0a72b483e';
const AT = '2026-03-02T10:00:00.000Z';

const task = {
  instanceId: ID,
  taskId: 'approve:3',
  elementId: 'approve',
  processId: 'order',
  businessKey: 'o-42',
  name: 'Approve',
  assignee: null,
  candidateGroups: [],
  dueAt: AT,
  state: 'CREATED',
  openedAt: AT,
  startedAt: AT,
  endedAt: null,
};
const incident = {
  instanceId: ID,
  incidentId: 'incident:8',
  processId: 'order',
  businessKey: 'o-42',
  elementId: 'charge',
  code: 'JOB_FAILED',
  state: 'ACTIVE',
  openedAt: AT,
};

type Command = (context: EngineContext) => Promise<unknown>;

/** Runs a command against an engine that answers with one row. */
async function run(command: Command, row: object, options: object, isJson = false) {
  const asked: { sort?: unknown }[] = [];
  const [lines, talked]: [string[], string[]] = [[], []];
  const terminal = {
    isJson,
    width: 200,
    paint: (_color: string, text: string) => text,
    data: async (text: string) => void lines.push(text),
    talk: (text: string) => void talked.push(text),
  };
  const call = async (_name: string, query: object) => {
    asked.push(query);
    return { ...row, items: [row], incident: row, total: { count: 1, isExact: true } };
  };
  await command({ terminal, options, client: { call } } as unknown as EngineContext);
  return { sort: asked[0]?.sort, lines, talked };
}

test('tasks and incidents name their instance by its business key', async () => {
  for (const [command, row] of [
    [searchTasks, task],
    [searchIncidents, incident],
  ] as const) {
    const { lines } = await run(command, row, {});
    expect(lines[0]).toContain('BUSINESS KEY');
    expect(lines[1]).toContain('o-42');
  }
});

test.each([
  ['open tasks by what is due, then by what waits longest', searchTasks, {}, ['dueAt', 'openedAt']],
  ['tasks of the past as the store has them, newest first', searchTasks, { state: 'all' }, null],
  ['as is asked for', searchTasks, { sort: 'priority:desc' }, ['priority:DESC']],
  ['by the head of a column', searchTasks, { sort: 'due,Opened:desc' }, ['dueAt', 'openedAt:DESC']],
  ['by the key', searchInstances, { sort: 'key' }, ['instanceId']],
  ['by a head of two words', searchInstances, { sort: 'business-key' }, ['businessKey']],
  ['by when it started', searchInstances, { sort: 'started:desc' }, ['startedAt:DESC']],
])('sorts %s', async (_what, command, options, wanted) => {
  const { sort } = await run(command as Command, task, options);
  const levels = wanted?.map((text) => {
    const [field, order = 'ASC'] = text.split(':');
    return { field, order };
  });
  expect(sort).toEqual(levels);
});

test('--fields takes fields and the heads of columns', async () => {
  const { lines } = await run(searchTasks, task, { fields: 'key,due,taskId' });
  expect(lines).toEqual([
    'KEY                 DUE                   taskId',
    'a72b483e/approve:3  2026-03-02 10:00:00Z  approve:3',
  ]);
  const { lines: json } = await run(searchTasks, task, { fields: 'key,due' }, true);
  expect(JSON.parse(json[0] ?? '').items).toEqual([{ key: 'a72b483e/approve:3', due: AT }]);
  const unknown = run(searchTasks, task, { fields: 'duw' });
  await expect(unknown).rejects.toThrow(/dueAt.*, due, .*there is no 'duw'/);
});

test.each([
  ['IO_MAPPING_ERROR', 'IO_MAPPING_ERROR', 'IO_MAPPING_ERROR'],
  ['JOB_FAILED', 'JOB_NO_RETRIES', 'JOB_FAILED (JOB_NO_RETRIES)'],
  ['MY_OWN', null, 'MY_OWN'],
])('incident %s of class %s is shown as %s', async (code, known, shown) => {
  const row = { ...incident, code, class: known, message: 'Expected better.', endedAt: null };
  const { lines } = await run((context) => getIncident(context, ['key']), row, {});
  expect(lines.find((line) => line.startsWith('Code'))).toMatch(
    new RegExp(` ${shown.replace(/[()]/g, '\\$&')}$`),
  );
});

const field = {
  key: 'decision',
  label: null,
  type: 'radio',
  isRequired: true,
  isReadOnly: false,
  isShown: true,
  options: [{ value: 'new-link', label: null }],
  value: null,
};
const shownTask = {
  task: { ...task, candidateUsers: [], priority: 50, formId: 'call', followUpAt: null },
  fields: [
    field,
    { ...field, key: 'contact.name', type: 'textfield', options: [] },
    { ...field, key: 'note', isRequired: false },
    { ...field, key: 'later', isShown: false },
    { ...field, key: 'ended', type: 'checklist' },
  ],
  actions: ['done', 'abort'],
  variables: [],
  comments: [],
};

test('a task shows a command that completes it', async () => {
  const { lines } = await run((context) => getTask(context, ['key']), shownTask, {});
  expect(lines.find((line) => line.startsWith('To complete'))).toBe(
    `To complete  npx jornada complete ut a72b483e/approve:3 --action done --variables '{"decision":"new-link","contact":{"name":"…"},"ended":["new-link"]}'`,
  );
});

test.each([
  [
    [],
    "note: form 'call' has no buttons, so action 'done' stands in the journal and decides nothing",
  ],
  [['done'], null],
])('an action is told as idle where no button has one: %j', async (actions, note) => {
  const reply = { ...shownTask, actions, instanceId: ID, message: 'done', status: 'active' };
  const row = { ...reply, waitsFor: [{ kind: 'task', id: 't', elementId: 't' }] };
  const { talked } = await run((context) => complete(context, ['key']), row, { action: 'done' });
  expect(talked).toEqual(note === null ? [] : [note]);
});
