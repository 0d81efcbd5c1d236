import { describe, expect, test } from 'vitest';
import { readScenarios } from '../../engine/play/scenario/index.js';

const head = 'name: a\nprocess: p.bpmn\n';

const wrong: readonly [what: string, text: string, place: string, detail: RegExp][] = [
  ['no YAML', 'name: [', "the YAML of 'f', line 1,", /flow/i],
  ['a key twice', 'name: a\nname: b\n', "the YAML of 'f', line 2,", /unique/i],
  ['an empty list', '[]', "the file of 'f'", /no scenario/],
  ['no process', 'name: a', "process of 'f'", /string/],
  ['an unknown field', `${head}stepps: []`, "the whole of 'f'", /stepps/],
  ['an unknown step', `${head}steps: [{ strat: {} }]`, "steps[0] of 'f'", /strat/],
  [
    'two steps in one',
    `${head}steps: [{ start: {}, advance: P1D }]`,
    "steps[0] of 'f'",
    /exactly one/,
  ],
  [
    'no task',
    `${head}steps: [{ complete: { action: a } }]`,
    "steps[0].complete.task of 'f'",
    /string/,
  ],
  [
    'no duration',
    `${head}steps: [{ advance: 4h }]`,
    "steps[0].advance of 'f'",
    /ISO 8601 duration/,
  ],
  [
    'time that goes back',
    `${head}steps: [{ advance: -PT1H }]`,
    "steps[0].advance of 'f'",
    /below zero/,
  ],
  [
    'an answer before its job',
    `${head}jobs: { j: { after: -PT1H } }`,
    'jobs.j.after',
    /below zero/,
  ],
  [
    'an answer that is no FEEL',
    `${head}jobs: { j: [{ complete: {} }, { feel: "={n: n +}" }] }`,
    'jobs.j[1].feel',
    /no FEEL expression: .*unexpected/,
  ],
  [
    'an answer with an unknown function',
    `${head}jobs: { j: { feel: "={n: sun([1])}" } }`,
    'jobs.j.feel',
    /'sun'/,
  ],
  ['no instant', `${head}now: noon`, "now of 'f'", /ISO 8601 date/],
  [
    'two triggers',
    `${head}steps: [{ start: { timer: true, signal: s } }]`,
    'steps[0].start',
    /more than one/,
  ],
  ['a key alone', `${head}steps: [{ start: { key: k } }]`, 'steps[0].start', /no message/],
  ['two answers', `${head}jobs: { j: { complete: {}, fail: x } }`, 'jobs.j', /more than one/],
  ['no answer in a list', `${head}jobs: { j: [] }`, 'jobs.j', /1/],
  ['a wrong answer', `${head}jobs: { j: [{ fail: x }, { fail: 3 }] }`, 'jobs.j[1].fail', /string/],
  ['a wrong state', `${head}expect: { state: done }`, "expect.state of 'f'", /completed/],
  [
    'a negative count',
    `${head}expect: { completedCounts: { a: -1 } }`,
    'expect.completedCounts.a',
    /0/,
  ],
  ['a wrong second', `- { name: a, process: p }\n- { name: b }`, "[1].process of 'f'", /string/],
];

describe('a scenario file', () => {
  test.each(wrong)('is refused for %s', (_what, text, place, detail) => {
    const read = readScenarios(text, 'f');
    expect(read.ok).toBe(false);
    expect(read.findings[0]?.code).toBe('SCENARIO_INVALID');
    expect(read.findings[0]?.message).toContain(place);
    expect(read.findings[0]?.message).toMatch(detail);
  });

  test.each([
    [
      'in the scenario',
      `${head}step: []`,
      "the whole of 'f', line 3,",
      "'step' (did you mean 'steps'?)",
    ],
    ['in a list', `- name: a\n  process: p\n  step: []`, "[0] of 'f', line 3,", "mean 'steps'"],
    ['of a step', `${head}steps:\n  - strat: {}`, "steps[0] of 'f', line 4,", "mean 'start'"],
    [
      'in a step',
      `${head}steps:\n  - start:\n      variable: {}`,
      "steps[0].start of 'f', line 5,",
      "'variable' (did you mean 'variables'?)",
    ],
    ['of an answer', `${head}jobs:\n  j: { fial: x }`, "jobs.j of 'f', line 4,", "mean 'fail'"],
    ['that is far from all', `${head}xyz: 1`, "of 'f', line 3,", "it takes no 'xyz'; see"],
  ])('tells line and what was meant of a key %s', (_what, text, place, detail) => {
    const [found, ...more] = readScenarios(text, 'f').findings;
    expect(more).toEqual([]);
    for (const part of [place, detail]) expect(found?.message).toContain(part);
    expect(found?.line).toBe(Number(/line (\d+)/.exec(place)?.[1]));
  });

  test('tells everything that is wrong at once', () => {
    const read = readScenarios(`${head}now: x\nsteps: [{ advance: y }]`, 'f');
    expect(read.findings).toHaveLength(2);
  });

  test('a wrong scenario of a list does not take the others along', () => {
    const read = readScenarios(
      `- ${head.replace('\n', '\n  ')}- name: b\n- name: c\n  process: p`,
      'f',
    );
    expect(read.ok).toBe(false);
    expect(read.findings).toMatchObject([{ message: expect.stringContaining('[1].process') }]);
    expect(read.scenarios.map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('takes every field of the format', () => {
    const text = `
name: all
process: support-ticket
id: p
files: [../b.bpmn]
now: 2026-03-02T09:00:00-03:00
jobs:
  a: { complete: { x: 1 }, after: PT2H }
  b: [{ fail: no }, { error: { code: E, message: m, variables: { y: 1 } } }, { feel: "={n: 1}" }]
steps:
  - start: { variables: { a: [1, { b: null }] }, event: s, id: q }
  - start: { message: m, key: 42 }
  - start: { signal: s }
  - start: { timer: true }
  - start: { condition: true, variables: {} }
  - expect: { waitingAt: [t], state: waiting }
  - complete: { task: t, action: accept, variables: { team: a }, actor: cory }
  - advance: PT4H
  - until: 2026-03-02T15:00:00-03:00
  - message: { name: m, key: "42", variables: {}, ttl: PT1H, id: m1 }
  - signal: { name: s }
  - set: { variables: { paid: true }, scope: sub }
  - activate: { element: e, variables: {} }
  - resolve: { element: e, variables: {} }
  - cancel: true
expect:
  state: completed
  ends: [e]
  completed: [a]
  only: true
  completedCounts: { a: 0 }
  jobs: { a: 1 }
  never: [z]
  variables: { v: { deep: [1] } }
  incidents: [{ element: e, code: C }, { code: D }]
  instances: { p: 1 }
  refused: []
`;
    const read = readScenarios(text, 'f');
    expect(read).toMatchObject({ ok: true });
    const [scenario] = read.ok ? read.scenarios : [];
    expect(scenario?.steps[1]?.start).toEqual({ message: 'm', key: '42', variables: {} });
    expect(scenario?.now).toBe('2026-03-02T09:00:00-03:00');
  });
});
