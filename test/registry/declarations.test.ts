/** What `process.yaml` declares is what an instance takes: at the start, at a completion, and in a scenario. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from '../../cli/deployment/files.js';
import { deploy } from '../../designer/deployment.js';
import type { ExecutableProcess, InstanceEvent, Variables } from '../../engine/model/index.js';
import { createPlay } from '../../engine/play/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compilePackage } from '../../registry/index.js';
import { callActivity, endEvent, model, startEvent, userTask } from '../support/durable-model.js';

const at = '2026-03-02T12:00:00.000Z';
const title = '{ en: Text, pt-BR: Texto }';
const yaml = `key: offer
title: ${title}
description: ${title}
owner: sales
roles: { sales: ${title} }
variables:
  seats: { type: integer, class: N, required: true, title: ${title} }
  contact: { type: context, class: C, title: ${title} }
internal:
  approved: { type: boolean, class: N, title: ${title} }
outcomes: { done: ${title} }
retention: { instances: P1Y, reason: ${title} }
`;
const xml = model(
  'offer',
  [startEvent('start'), userTask('a'), endEvent('end')],
  'start > a > end',
);

const compiled = async (description: string) =>
  compilePackage({ 'process.bpmn': xml, 'process.yaml': description });

const begin = (process: ExecutableProcess, variables: Variables) => {
  const seed = { instanceId: 'i', processId: 'offer', caller: null };
  const state = createInstance(seed);
  const start = { kind: 'start', at, elementId: null, requestId: 'r', actor: null } as const;
  return { state, ...step(process, state, { ...start, variables }) };
};

const starts: readonly [then: string, given: Variables, code: string | null][] = [
  ['takes what is declared', { seats: 3, contact: { name: 'Ana' } }, null],
  ['refuses a name that is not declared', { seats: 3, size: 1 }, 'VARIABLE_UNDECLARED'],
  ['refuses what only the process writes', { seats: 3, approved: true }, 'VARIABLE_UNDECLARED'],
  ['refuses to start without what is required', { contact: {} }, 'VARIABLE_MISSING'],
  ['refuses another type', { seats: 2.5 }, 'VARIABLE_TYPE'],
];

test.each(starts)('%s', async (_then, given, code) => {
  const { processes, findings } = await compiled(yaml);
  expect(findings).toEqual([]);
  expect(begin(processes[0] as ExecutableProcess, given).answer).toMatchObject({ code });
});

test('a completion is held to the types, of what the process writes as well', async () => {
  const [process] = (await compiled(yaml)).processes as [ExecutableProcess];
  const { state } = begin(process, { seats: 3 });
  const [taskId = ''] = Object.keys(state.tasks);
  const complete = { kind: 'taskCompleted', at, taskId, action: null, actor: null } as const;
  const wrong = { ...complete, requestId: 'c1', variables: { approved: 'yes' } };
  expect(step(process, state, wrong).answer).toMatchObject({ ok: false, code: 'VARIABLE_TYPE' });
  const right = { ...complete, requestId: 'c2', variables: { approved: true } };
  expect(step(process, state, right).answer).toMatchObject({ ok: true });
});

test('what people send later is held to the names that are declared, or that are there', async () => {
  const [process] = (await compiled(yaml)).processes as [ExecutableProcess];
  const { state } = begin(process, { seats: 3 });
  const [taskId = ''] = Object.keys(state.tasks);
  let requests = 0;
  const send = (event: object) => {
    requests += 1;
    const request = { at, actor: null, requestId: `n${requests}`, ...event };
    return step(process, state, request as InstanceEvent).answer;
  };
  const undeclared = { ok: false, code: 'VARIABLE_UNDECLARED' };
  const misspelt = { aproved: true };
  const complete = { kind: 'taskCompleted', taskId, action: null };
  expect(send({ ...complete, variables: misspelt })).toMatchObject(undeclared);
  const set = { kind: 'setVariables', scopeId: null };
  expect(send({ ...set, variables: misspelt })).toMatchObject(undeclared);
  expect(send({ ...set, variables: { approved: true } })).toMatchObject({ ok: true });
  // A job may have written what nobody declared: it can be corrected.
  if (state.rootId !== null) state.variables[state.rootId] = { seats: 3, byJob: 1 };
  expect(send({ ...set, variables: { byJob: 2 } })).toMatchObject({ ok: true });
  expect(send({ ...complete, variables: { approved: false } })).toMatchObject({ ok: true });
});

test('a process that declares nothing takes any name', async () => {
  const [process] = (await compilePackage({ 'process.bpmn': xml })).processes as [
    ExecutableProcess,
  ];
  const { state } = begin(process, {});
  const set = { kind: 'setVariables', at, actor: null, requestId: 's', scopeId: null } as const;
  const answer = step(process, state, { ...set, variables: { anything: 1 } }).answer;
  expect(answer).toMatchObject({ ok: true });
});

test('a variable is set only where it is as somebody saw it, if they say so', async () => {
  const { processes } = await compilePackage({ 'process.bpmn': xml });
  const [process] = processes as [ExecutableProcess];
  const { state } = begin(process, { plan: { name: 'team', seats: 3 }, none: null });
  // The same id again would answer the same.
  let requests = 0;
  const requestOf = (): string => {
    requests += 1;
    return `set-${requests}`;
  };
  const set = (variables: Variables, seen?: Variables) =>
    step(process, state, {
      ...{
        kind: 'setVariables',
        at,
        actor: null,
        requestId: requestOf(),
        scopeId: null,
        variables,
      },
      ...(seen && { seen }),
    }).answer;
  const changed = { ok: false, code: 'VARIABLE_CHANGED' };
  const next = { plan: { name: 'solo', seats: 1 } };
  expect(set(next, { plan: { name: 'team', seats: 4 } })).toMatchObject(changed);
  expect(set(next, {})).toMatchObject(changed);
  // The order of entries is no change.
  expect(set(next, { plan: { seats: 3, name: 'team' } })).toMatchObject({ ok: true });
  expect(set({ fresh: 1 }, { fresh: null })).toMatchObject(changed);
  expect(set({ fresh: 1 }, {})).toMatchObject({ ok: true });
  expect(set({ none: 1 }, {})).toMatchObject(changed);
  expect(set({ none: 1 }, { none: null })).toMatchObject({ ok: true });
  expect(set({ none: 2 })).toMatchObject({ ok: true });
});

test('what a form asks for needs no declaration; an action has to be one of its buttons, where they have any', async () => {
  const form = JSON.parse(readFileSync('test/fixtures/forms/verdict.form', 'utf8'));
  const button = (action: string) => ({ type: 'button', label: action, properties: { action } });
  const group = { type: 'group', components: [button('reject')] };
  const take = async (components: readonly object[], action: string, variables: Variables) => {
    const { processes } = await compilePackage({
      'process.bpmn': readFileSync('test/fixtures/forms/form-task.bpmn', 'utf8'),
      'process.yaml': yaml.replace('key: offer', 'key: form-task').replace('required: true, ', ''),
      'forms/verdict.form': JSON.stringify({ ...form, components }),
    });
    const process = processes[0] as ExecutableProcess;
    const { state } = begin(process, {});
    const [taskId = ''] = Object.keys(state.tasks);
    const complete = { kind: 'taskCompleted', at, taskId, actor: null, requestId: 'c' } as const;
    return step(process, state, { ...complete, action, variables }).answer?.code;
  };
  const verdict = { verdict: 'yes' };
  const buttons = [...form.components, button('approve'), group];
  expect(await take(buttons, 'approve', verdict)).toBeNull();
  expect(await take(buttons, 'reject', verdict)).toBeNull();
  expect(await take(buttons, 'aprove', verdict)).toBe('TASK_ACTION_UNKNOWN');
  expect(await take(form.components, 'anything', verdict)).toBeNull();
  expect(await take(buttons, 'approve', { ...verdict, nobody: 1 })).toBe('VARIABLE_UNDECLARED');
});

test('expressions count by the calendars of the package, to which its time zone belongs', async () => {
  const model = readFileSync('test/fixtures/elements/user-task/valid-assigned.bpmn', 'utf8');
  const due = 'business time after(now(), &#34;PT9H&#34;, &#34;office&#34;)';
  const week = '{ mon: [["09:00", "18:00"]], tue: [["09:00", "18:00"]] }';
  const { processes, findings } = await compilePackage({
    'process.bpmn': model
      .replace(/<zeebe:(form|assignment|priority)Definition.*/g, '')
      .replace('"assigned-process"', '"offer"')
      .replace('"=due"', `"=${due}"`),
    'process.yaml': `${yaml.replace('required: true, ', '')}calendars: { office: { tz: Europe/Lisbon, weekly: ${week}, holidays: [2026-03-09] } }\n`,
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { state } = begin(processes[0] as ExecutableProcess, {});
  expect(Object.values(state.tasks)).toMatchObject([{ dueAt: '2026-03-03T12:00:00.000Z' }]);
});

const texts: readonly [what: string, description: string, line: number, says: string][] = [
  ['a key that nobody knows', yaml.replace('owner:', 'ownr: x\nowner:'), 4, "did you mean 'owner'"],
  ['a key that is missing', yaml.replace('owner: sales\n', ''), 1, "'owner' of 'process.yaml'"],
  ['a type that there is not', yaml.replace('integer', 'whole'), 7, 'one of string, number'],
  ['a name of a variable', yaml.replace('seats:', 'se-ats:'), 7, "its name is 'se-ats'"],
  ['a duration', yaml.replace('P1Y', '5 years'), 12, 'an ISO 8601 duration'],
  ['text that is no YAML', 'key: [offer', 1, "'line 1' of 'process.yaml' to be YAML"],
  ['a list instead of a mapping', '- key: offer', 1, 'a mapping'],
];
test.each(texts)('a package is refused for %s', async (_what, description, line, says) => {
  const { findings, processes } = await compiled(description);
  expect(findings).toMatchObject([{ code: 'DEPLOY_PACKAGE_INVALID', file: 'process.yaml', line }]);
  expect(findings[0]?.message).toContain(says);
  expect(processes).toEqual([]);
});

test('everything that is wrong with a description is told at once', async () => {
  const wrong = yaml.replace('integer', 'whole').replace('P1Y', '5 years').replace('owner', 'boss');
  const { findings } = await compiled(wrong);
  expect(findings.map(({ line, message }) => [line, /'([^']+)'/.exec(message)?.[1]])).toEqual([
    [1, 'owner'],
    [7, 'variables.seats.type'],
    [12, 'retention.instances'],
    [4, 'boss'],
  ]);
});

const named: readonly [what: string, description: string, code: string, says: readonly string[]][] =
  [
    [
      'another process than it has',
      yaml.replace('key: offer', 'key: bid'),
      'DEPLOY_PROCESS_UNDESCRIBED',
      ["'bid'", "'offer'"],
    ],
    [
      'an owner that is no role',
      yaml.replace('owner: sales', 'owner: legal'),
      'DEPLOY_PACKAGE_REFERENCE',
      ["'owner'", "'legal'"],
    ],
    [
      'another process that it does not have',
      yaml.replace(
        'owner: sales',
        'processes: { undoo: { en: Undo it, pt-BR: Desfazer } }\nowner: sales',
      ),
      'DEPLOY_PACKAGE_REFERENCE',
      ["'processes.undoo'", "'undoo'"],
    ],
    [
      'an output that it does not declare',
      `${yaml}output: [seets]\n`,
      'DEPLOY_PACKAGE_REFERENCE',
      ["'output.0'", "'seets'"],
    ],
    [
      'an element that the process lacks',
      `${yaml}kpis: { k: { from: a, to: z, unit: days, title: ${title} } }\n`,
      'DEPLOY_PACKAGE_REFERENCE',
      ["'kpis.k.to'", "'z'"],
    ],
    [
      'a calendar that never opens',
      `${yaml}calendars: { office: { tz: UTC, weekly: { mon: [] } } }\n`,
      'DEPLOY_CALENDAR_CLOSED',
      ["'office'", '400 days'],
    ],
    [
      'a calendar that it lacks',
      `${yaml}sla: [{ element: a, target: PT1H, calendar: office, title: ${title} }]\n`,
      'DEPLOY_PACKAGE_REFERENCE',
      ["'sla.0.calendar'", "'office'"],
    ],
  ];
test.each(named)('a package is refused that names %s', async (_what, description, code, says) => {
  const { findings, processes } = await compiled(description);
  expect(findings).toMatchObject([{ code, file: 'process.yaml', severity: 'error' }]);
  for (const text of says) expect(findings[0]?.message).toContain(text);
  expect(processes).toEqual([]);
});

test('a package that is deployed runs on, whatever its description would be told today', async () => {
  const files = { 'process.bpmn': xml, 'process.yaml': yaml.replace('key: offer', 'key: bid') };
  const surroundings = { mode: 'strict', known: null, isDeployed: true } as const;
  expect((await compilePackage(files, surroundings)).processes).toHaveLength(1);
});

test('a scenario is held to the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-declared-'));
  try {
    const path = join(folder, 'process.bpmn');
    writeFileSync(path, xml);
    writeFileSync(join(folder, 'process.yaml'), yaml);
    const sources = await readSources([{ path, packageKey: null }], 'here');
    const { processes, findings } = await deploy(sources, { id: null, packageKey: null });
    expect(findings).toEqual([]);
    const { answer } = begin(processes[0] as ExecutableProcess, {});
    expect(answer).toMatchObject({ code: 'VARIABLE_MISSING' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What a call passes on, which names it maps, and how its process begins (S78). */
const calls: readonly [
  then: string,
  given: Variables,
  mapped: readonly string[] | undefined,
  outcome: object,
][] = [
  ['leaves behind what is not declared', { seats: 3, size: 1 }, [], { seats: 3 }],
  ['leaves behind what only the process writes', { seats: 3, approved: 'x' }, [], { seats: 3 }],
  ['is refused a mapped name', { seats: 3, size: 1 }, ['size'], { code: 'VARIABLE_UNDECLARED' }],
  ['is refused one without propagation', { size: 1 }, undefined, { code: 'VARIABLE_UNDECLARED' }],
  ['is held to the types', { seats: 'x', size: 1 }, [], { code: 'VARIABLE_TYPE' }],
  ['is held to what is required', { size: 1 }, [], { code: 'VARIABLE_MISSING' }],
];

test.each(calls)('a call %s', async (_then, variables, mapped, outcome) => {
  const [process] = (await compiled(yaml)).processes as [ExecutableProcess];
  const state = createInstance({ instanceId: 'i', processId: 'offer', caller: null });
  const given = { variables, ...(mapped && { mapped }) };
  const start = { kind: 'start', at, elementId: null, requestId: 'r', actor: null } as const;
  const { answer } = step(process, state, { ...start, ...given });
  expect(answer?.ok ? state.variables[state.rootId ?? ''] : answer).toMatchObject(outcome);
  if (answer?.ok) expect(Object.keys(state.variables[state.rootId ?? ''] ?? {})).toEqual(['seats']);
});

test('a scenario passes on what a called process declares', async () => {
  const caller = model(
    'caller',
    [startEvent('start'), callActivity('call', 'offer'), endEvent('end')],
    'start > call > end',
  );
  const processes = [
    ...(await compiled(yaml)).processes,
    ...(await compilePackage({ 'caller.bpmn': caller })).processes,
  ];
  const play = createPlay({ processes, now: at });
  play.start({ processId: 'caller', variables: { seats: 3, size: 1 } });
  const called = [...play.instances.values()].find(({ process }) => process.id === 'offer');
  expect(Object.values(called?.state.tasks ?? {})).toHaveLength(1);
});

test('a caller is told what is declared as output, where some is', async () => {
  const told = async (description: string) => {
    const [process] = (await compiled(description)).processes as [ExecutableProcess];
    const { state } = begin(process, { seats: 3, contact: { name: 'Ana' } });
    const taskId = Object.keys(state.tasks)[0] ?? '';
    const done = { kind: 'taskCompleted', at, taskId, requestId: 'r2', actor: null } as const;
    const event = { ...done, action: null, variables: { approved: true } } satisfies InstanceEvent;
    const { effects } = step(process, state, event);
    return effects.find(({ kind }) => kind === 'endInstance');
  };
  const all = { seats: 3, contact: { name: 'Ana' }, approved: true };
  expect(await told(yaml)).toEqual({ kind: 'endInstance', status: 'completed', variables: all });
  expect(await told(`${yaml}output: [approved]\n`)).toMatchObject({
    variables: all,
    output: ['approved'],
  });
});

test.each([
  ['until when it is promised, in business time', 'a', '2026-03-03T11:00:00.000Z'],
  ['no promise that is of another element', 'end', undefined],
])('a user task has %s', async (_what, element, slaDueAt) => {
  const week = '{ mon: [["09:00", "14:00"]], tue: [["09:00", "14:00"]] }';
  const sla = `sla: [{ element: ${element}, target: PT4H, calendar: office, title: ${title} }]`;
  const { processes, findings } = await compiled(
    `${yaml}calendars: { office: { tz: UTC, weekly: ${week} } }\n${sla}\n`,
  );
  expect(findings).toEqual([]);
  // Opened on a Monday at noon.
  const { state } = begin(processes[0] as ExecutableProcess, { seats: 3 });
  const [task] = Object.values(state.tasks);
  expect(task).toMatchObject({ elementId: 'a' });
  expect(task?.slaDueAt).toBe(slaDueAt);
});
