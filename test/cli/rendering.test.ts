/** Golden text: what people see, line by line. */
import { describe, expect, test } from 'vitest';
import { historyLines } from '../../cli/history.js';
import { standingLines } from '../../cli/replies.js';
import { instanceLines } from '../../cli/standing.js';
import { shortened, shownInstant, tableLines } from '../../cli/table.js';
import type {
  ActRow,
  HistoryRow,
  InstanceDetail,
  OutlineRow,
  TaskRow,
} from '../../contracts/control.js';
import { actSentence } from '../../history/index.js';

const plain = (_color: string, text: string): string => text;
const marked = (color: string, text: string): string => `<${color}>${text}</${color}>`;
const ID = '01a20758-589a-7715-ad90-63d0a72b483e';
const AT = '2026-03-02T10:00:00.000Z';

describe('tables', () => {
  const columns = [
    { title: 'NAME', text: (row: { name: string; n: number }) => row.name },
    { title: 'N', text: ({ n }: { n: number }) => String(n) },
  ];

  test('align columns under their headings', () => {
    const rows = [
      { name: 'a', n: 1 },
      { name: 'long name', n: 22 },
    ];
    expect(tableLines(columns, rows, { paint: plain, width: 80 })).toEqual([
      'NAME       N',
      'a          1',
      'long name  22',
    ]);
  });

  test('are as wide with colours as without', () => {
    const colored = [{ ...columns[0], color: () => 'red' as const }, columns[1]] as typeof columns;
    expect(tableLines(colored, [{ name: 'ab', n: 1 }], { paint: marked, width: 80 })).toEqual([
      '<dim>NAME  N</dim>',
      '<red>ab</red>    1',
    ]);
  });

  test('cut the widest cells where the terminal is narrow, and never the name of a row', () => {
    const [name, n] = columns as unknown as [(typeof columns)[number], (typeof columns)[number]];
    const wide = [name, { title: 'WHAT', text: () => 'x'.repeat(40) }, n];
    const lines = tableLines(wide, [{ name: 'a-long-name', n: 1 }], { paint: plain, width: 34 });
    expect(lines[1]).toBe(`a-long-name  ${'x'.repeat(17)}…  1`);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(34);
  });

  test.each([
    ['one\ntwo', 'one two'],
    ['x'.repeat(80), `${'x'.repeat(59)}…`],
    ['\u001b[31mred', '\ufffd[31mred'],
    ['Übergröße', 'Übergröße'],
  ])('put %j into a cell as %j', (given, shown) => {
    expect(shortened(given)).toBe(shown);
  });

  test('instants are shown to the second', () => {
    expect(shownInstant(AT)).toBe('2026-03-02 10:00:00Z');
    expect(shownInstant(null)).toBe('-');
  });
});

const row = (elementId: string, kind: string, mark: OutlineRow['mark'], more = {}): OutlineRow => ({
  depth: 0,
  elementId,
  name: null,
  kind,
  mark,
  times: mark === 'not-reached' ? 0 : 1,
  ...more,
});

const task: TaskRow = {
  instanceId: ID,
  taskId: 'approve:3',
  elementId: 'approve',
  processId: 'approval',
  businessKey: null,
  name: 'Approve it',
  assignee: 'dana',
  owner: null,
  candidateGroups: [],
  candidateUsers: [],
  dueAt: '2026-03-03T10:00:00.000Z',
  followUpAt: null,
  priority: 50,
  formId: null,
  state: 'CREATED',
  openedAt: AT,
  endedAt: null,
  action: null,
  completedBy: null,
  version: 1,
};

const detail: InstanceDetail = {
  instance: {
    instanceId: ID,
    processId: 'approval',
    definitionVersion: 2,
    state: 'ACTIVE',
    hasIncident: true,
    businessKey: 'o-42',
    callerInstanceId: null,
    rootInstanceId: ID,
    lastSequence: 9,
    startedAt: AT,
    endedAt: null,
    outcome: null,
  },
  processName: 'Approval',
  isParked: false,
  waiting: [],
  outline: [
    row('start', 'startEvent', 'done'),
    row('approve', 'userTask', 'active', { name: 'Approve it', times: 2 }),
    row('late', 'boundaryEvent', 'not-reached', { depth: 1 }),
    row('charge', 'serviceTask', 'incident'),
    row('end', 'endEvent', 'not-reached'),
  ],
  tasks: [task],
  timers: [{ timerId: 'late:4', elementId: 'late', dueAt: AT }],
  subscriptions: [
    {
      subscriptionId: 's:5',
      elementId: 'paid',
      of: 'message',
      name: 'order-paid',
      key: '42',
      isErased: false,
    },
  ],
  incidents: [
    {
      instanceId: ID,
      incidentId: 'incident:6',
      processId: 'approval',
      elementId: 'charge',
      code: 'JOB_FAILED',
      class: null,
      message: 'Expected better.',
      state: 'ACTIVE',
      openedAt: AT,
      endedAt: null,
      resolvedBy: null,
      isErased: false,
    },
  ],
  children: [],
};

describe('get pi', () => {
  test('of a parked instance says what waits for a decision', () => {
    const parked = { ...detail, isParked: true, waiting: ['taskCompleted', 'cancel'] };
    expect(instanceLines(parked, plain).slice(3, 5)).toEqual([
      'PARKED: the engine cannot decide here; see npx jornada retry pi',
      'undecided: taskCompleted, cancel',
    ]);
    const silent = { ...parked, waiting: null };
    expect(instanceLines(silent, plain)[4]).toBe('undecided: the instance does not answer');
  });

  test('draws where an instance stands, and tells it without colours', () => {
    expect(instanceLines(detail, plain)).toEqual([
      `${ID}  approval version 2  Approval`,
      'ACTIVE, started 2026-03-02 10:00:00Z',
      'business key o-42',
      '',
      '  ✓ start       start event',
      '  ● Approve it  user task       ×2 active',
      '  ·   late      boundary event',
      '  ! charge      service task    incident',
      '  · end         end event',
      '',
      'Open tasks',
      '  a72b483e/approve:3  Approve it  dana  due 2026-03-03 10:00:00Z',
      '',
      'Timers',
      '  2026-03-02 10:00:00Z  late',
      '',
      'Waits for',
      '  message order-paid  key 42  at paid',
      '',
      'Incidents',
      '  a72b483e/incident:6  JOB_FAILED  at charge',
      '      Expected better.',
    ]);
  });

  test('says how an instance ended', () => {
    const instance = { ...detail.instance, state: 'COMPLETED', endedAt: AT, outcome: 'ready' };
    expect(instanceLines({ ...detail, instance }, plain)[2]).toBe('outcome ready');
  });

  test('shows called instances by the id that the next get pi takes', () => {
    const child = { childId: 'call:7', processId: 'bill', elementId: 'call', startedAt: AT };
    const children = [
      { ...child, instanceId: ID, state: 'ENDED', outcome: 'completed', endedAt: AT },
      { ...child, instanceId: null, state: 'ACTIVE', outcome: null, endedAt: null },
    ];
    expect(instanceLines({ ...detail, children }, plain).slice(-2)).toEqual([
      `  ${ID}  bill  from call  completed`,
      '  call:7 (not started)  bill  from call  ACTIVE',
    ]);
  });
});

describe('what came of an act', () => {
  test('is not told as success where the instance stands at an incident', () => {
    const [first, ...more] = standingLines(detail, 'tried again');
    expect(first).toBe(
      `${ID}  tried again, but the instance stands at 1 incident: JOB_FAILED at charge`,
    );
    expect(more).toEqual([
      '  incident a72b483e/incident:6',
      '      Expected better.',
      '  see it: npx jornada get inc a72b483e/incident:6',
    ]);
  });

  test('says that the instance ended, and how', () => {
    const instance = { ...detail.instance, state: 'COMPLETED', outcome: 'ready' };
    const lines = standingLines({ ...detail, instance, incidents: [] }, 'tried again');
    expect(lines).toEqual([`${ID}  tried again; the instance is completed (ready)`]);
  });

  test('says what is waited for', () => {
    expect(standingLines({ ...detail, incidents: [] }, 'completed')).toEqual([
      `${ID}  completed; now waiting for approve`,
      '  task a72b483e/approve:3',
      '  timer at late',
      '  message at paid',
    ]);
  });
});

let count = 0;
const entry = (kind: string, cause: number | null, more: Partial<HistoryRow> = {}): HistoryRow => ({
  sequence: ++count,
  at: AT,
  kind,
  elementId: null,
  elementInstanceId: null,
  scopeId: null,
  cause,
  actor: null,
  rule: null,
  data: null,
  isErased: false,
  ...more,
});
const act = (action: string, outcome: string, more: Partial<ActRow> = {}): ActRow => ({
  number: 1,
  at: AT,
  actor: 'dana',
  action,
  object: `instance:${ID}`,
  outcome,
  code: null,
  requestId: null,
  facts: null,
  reason: null,
  data: null,
  isErased: false,
  ...more,
});
const tell = (entries: readonly HistoryRow[], acts: readonly ActRow[], hasAll = false) =>
  historyLines(
    { instance: detail.instance, entries, acts, names: { approve: 'Approve it', yes: 'yes' } },
    hasAll,
    plain,
  ).map((line) => line.slice('2026-03-02 10:00:00Z  '.length));

describe('audit', () => {
  test('says who, what and why, and leaves out how the engine went about it', () => {
    count = 0;
    const entries = [
      entry('instanceStarted', null, { actor: 'cory' }),
      entry('elementCompleted', 1, { elementId: 'start', elementInstanceId: 'start:2' }),
      entry('flowTaken', 2, { elementId: 'yes' }),
      entry('elementEntered', 3, {
        elementId: 'approve',
        elementInstanceId: 'approve:3',
        actor: 'cory',
        data: { kind: 'userTask', name: null },
      }),
      entry('taskCompleted', 4, {
        elementId: 'approve',
        elementInstanceId: 'approve:3',
        actor: 'dana',
        data: { action: 'ok' },
      }),
    ];
    const object = `task:${ID}/approve:3`;
    const done = act('completeTask', 'done', { object, reason: 'she is sure' });
    expect(tell(entries, [done])).toEqual([
      'cory    started the instance',
      "engine  entered 'Approve it' (user task) – after 'start', by flow 'yes'",
      "dana    completed task 'Approve it' by 'ok' – she is sure",
    ]);
    const erased = { ...done, reason: null, data: null, isErased: true };
    expect(tell(entries, [erased]).at(-1)).toBe(
      "dana    completed task 'Approve it' by 'ok' – (erased)",
    );
    const anchored = act('journal.anchored', 'done', { actor: null });
    expect(tell(entries, [done, anchored])).toHaveLength(3);
    expect(tell(entries, [anchored], true).join('\n')).toContain(
      'anchored the journal of instance',
    );
  });

  test('tells a refusal once, and an act that the journal does not know', () => {
    count = 0;
    const refusal = { code: 'TASK_ASSIGNED', message: 'dana has it' };
    const entries = [entry('requestRefused', null, { actor: 'dana', data: refusal })];
    const acts = [
      act('assignTask', 'refused', { code: 'TASK_ASSIGNED' }),
      act('cancelInstance', 'failed', { actor: 'ada' }),
    ];
    expect(tell(entries, acts)).toEqual([
      'dana    refused a request (TASK_ASSIGNED): dana has it',
      'ada     failed: cancel instance a72b483e',
    ]);
  });

  test('tells of a modification once, with its reason, and of what follows that it was the cause', () => {
    count = 0;
    const data = {
      cancelled: [],
      activated: ['approve'],
      moved: [{ from: 'approve:3', to: 'approve' }],
    };
    const entries = [
      entry('instanceModified', null, { actor: 'dana', data }),
      entry('elementCancelled', 1, {
        elementId: 'approve',
        elementInstanceId: 'approve:3',
        actor: 'dana',
        data: { reason: "was moved to 'approve' by dana" },
      }),
      entry('elementEntered', 1, {
        elementId: 'approve',
        elementInstanceId: 'approve:9',
        actor: 'dana',
        data: { kind: 'userTask', name: null },
      }),
    ];
    const done = act('modifyInstance', 'done', { reason: 'by phone', data: { isDryRun: false } });
    const tried = act('modifyInstance', 'done', { data: { isDryRun: true, ...data } });
    expect(tell(entries, [tried, done])).toEqual([
      "dana    modified the instance: put a token at 'Approve it' (approve); moved 'Approve it' (approve:3) to 'Approve it' (approve) – by phone",
      "engine  ended 'Approve it': it was moved to 'approve' by dana – because dana modified the instance",
      "engine  entered 'Approve it' (user task) – because dana modified the instance",
    ]);
    expect(tell(entries, [tried, done], true).join('\n')).toContain('looked at what it would do');
  });

  test('puts a reason to the task or incident that was meant, however soon they follow', () => {
    count = 0;
    const completed = (elementInstanceId: string) =>
      entry('taskCompleted', null, { elementId: 'approve', elementInstanceId, actor: 'dana' });
    const resolved = (incidentId: string) =>
      entry('incidentResolved', null, { elementId: 'charge', actor: 'dana', data: { incidentId } });
    const of = (action: string, object: string, reason: string | null) =>
      act(action, 'done', { object, reason });
    const acts = [
      of('resolveIncident', `incident:${ID}/incident:7`, 'the other card'),
      of('completeTask', `task:${ID}/approve:4`, 'the second'),
      of('resolveIncident', `incident:${ID}/parked:9`, 'it runs again'),
    ];
    const entries = [
      completed('approve:3'),
      completed('approve:4'),
      resolved('incident:6'),
      resolved('incident:7'),
    ];
    expect(tell(entries, acts)).toEqual([
      "dana    completed task 'Approve it'",
      "dana    completed task 'Approve it' – the second",
      "dana    resolved the incident at 'charge'",
      "dana    resolved the incident at 'charge' – the other card",
      'dana    resolved incident a72b483e/parked:9 – it runs again',
    ]);
  });

  test.each<[action: string, outcome: string, more: Partial<ActRow>, sentence: string]>([
    ['deploy', 'done', { object: 'package:a process:p:2' }, 'deployed package a, process p:2'],
    [
      'deploy',
      'done',
      { object: 'package:a', data: { isDryRun: true } },
      'tried to deploy package a',
    ],
    [
      'deploy',
      'done',
      { object: 'package:a', data: { isAtStart: true } },
      'deployed package a at the start',
    ],
    ['deploy', 'refused', { object: 'package:a', code: 'X' }, 'refused: deploy package a (X)'],
    ['run', 'done', { data: { isNew: true } }, 'started instance a72b483e'],
    ['run', 'done', { data: { isNew: false } }, 'asked for instance a72b483e, which was there'],
    ['rebuild', 'done', { object: 'projections' }, 'rebuilt projections'],
    [
      'publish',
      'done',
      { object: `message:m instance:${ID}` },
      'published message m, instance a72b483e',
    ],
    [
      'assignTask',
      'done',
      { object: `task:${ID}/t:3`, data: { assignee: 'rui' } },
      'assigned task a72b483e/t:3 to rui',
    ],
    [
      'setVariables',
      'done',
      { data: { variables: ['a', 'b'] } },
      'set variables of instance a72b483e: a, b',
    ],
    [
      'modifyInstance',
      'done',
      { data: { cancelled: ['a:3'], activated: ['b', 'c'], moved: [{ from: 'd', to: 'e' }] } },
      'modified instance a72b483e: cancelled a:3; put a token at b, c; moved d to e',
    ],
    [
      'modifyInstance',
      'done',
      { data: { isDryRun: true, cancelled: [], activated: ['b'], moved: [] } },
      'looked at what it would do: modify instance a72b483e: put a token at b',
    ],
    [
      'dropEvent',
      'done',
      { data: { kind: 'start' } },
      'dropped an event of instance a72b483e (start)',
    ],
    [
      'completeTask',
      'done',
      { object: `task:${ID}/t:3`, data: { action: 'approve', by: 'mail link' } },
      "completed task a72b483e/t:3 by 'approve', by the link of a mail",
    ],
    [
      'run',
      'done',
      { data: { isNew: true, by: 'demonstration' } },
      'started instance a72b483e, the demonstration did it in their name',
    ],
    ['signIn', 'done', { actor: 'u1', object: 'user:u1' }, 'signed in'],
    ['signIn', 'refused', { actor: null, object: 'user:u1' }, 'refused: sign in as user u1'],
    ['exportList', 'done', { object: 'list:tasks' }, 'took along the list of tasks'],
    [
      'request',
      'refused',
      { object: 'route:users', code: 'FORBIDDEN' },
      'refused: call what their roles do not open, the route users (FORBIDDEN)',
    ],
    ['somethingNew', 'done', {}, 'somethingNew instance a72b483e'],
  ])('tells the act %s, %s', (action, outcome, more, sentence) => {
    expect(actSentence(act(action, outcome, more))).toBe(sentence);
  });

  test('shows everything when asked, and variables that a person wrote always', () => {
    count = 0;
    const entries = [
      entry('variablesWritten', null, { actor: 'ada', data: { values: { amount: 1 } } }),
      entry('jobStarted', 1, { elementId: 'charge', data: { jobId: 'j', type: 'card' } }),
    ];
    expect(tell(entries, [])).toEqual(['ada     wrote amount']);
    expect(tell(entries, [], true)).toContain("engine  started job 'card' of 'charge'");
  });
});
