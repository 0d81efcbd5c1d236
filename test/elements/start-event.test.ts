import { describe, expect, test } from 'vitest';
import { compileFixture, Driver, proveRows, type Row, startFixture } from '../support/index.js';

const rows: readonly Row[] = [
  [
    'puts its token on the flow out and maps outputs',
    'valid-none',
    { n: 1 },
    () => {},
    { waiting: ['work'], completed: ['begin'], variables: { n: 1, greeted: true } },
  ],
  [
    'of several kinds, only the none start begins by itself',
    'valid-several',
    {},
    () => {},
    { waiting: ['hand'] },
  ],
];

describe('startEvent', () => {
  proveRows('elements/start-event', rows);

  /** Each start event of one process, the payload that it got, and what the process then knows. */
  test.each([
    ['by-order', { no: 7, other: 1 }, ['ordered'], { number: 7 }],
    ['by-outage', { region: 'eu' }, ['out'], { region: 'eu' }],
    ['nightly', {}, ['night'], {}],
  ])('begins at %s alone', async (elementId, payload, waiting, variables) => {
    const instance = await startFixture('elements/start-event/valid-several', payload, elementId);
    expect(instance.waitingAt()).toEqual(waiting);
    expect(instance.variables()).toEqual(variables);
  });

  test('tells a host how each start event is started', async () => {
    const { process } = await compileFixture('elements/start-event/valid-several');
    expect(process.starts).toMatchObject([
      { elementId: 'by-hand', trigger: 'none', name: null, timer: null },
      { elementId: 'by-order', trigger: 'message', name: 'order' },
      { elementId: 'by-outage', trigger: 'signal', name: 'outage' },
      {
        elementId: 'nightly',
        trigger: 'timer',
        timer: { kind: 'cycle', text: { value: 'R/P1D' } },
      },
    ]);
  });

  /** Who started it, what was given for it, and what the process then knows. */
  test.each([
    ['cory', 'ana', 'cory'],
    ['cory', undefined, 'cory'],
    [null, 'ana', 'ana'],
  ])('is signed by %s, whatever was given (%s)', async (actor, askedBy, expected) => {
    const { process, findings } = await compileFixture('elements/start-event/valid-signed');
    expect(findings).toEqual([]);
    const instance = new Driver(process);
    const variables = askedBy === undefined ? {} : { askedBy };
    instance.send({ kind: 'start', elementId: null, variables, requestId: null, actor });
    expect(instance.variables()).toEqual({ askedBy: expected, greeted: expected });
  });

  /** Start commands that do not fit, and the code of the answer. */
  test.each([
    ['valid-two-none', null, 'START_AMBIGUOUS'],
    ['valid-two-none', 'middle', 'START_EVENT_UNKNOWN'],
    ['valid-message-only', null, 'START_NOT_POSSIBLE'],
  ])('refuses to start %s at %s', async (model, elementId, code) => {
    const { process } = await compileFixture(`elements/start-event/${model}`);
    const instance = new Driver(process);
    const event = {
      kind: 'start',
      elementId,
      variables: {},
      requestId: null,
      actor: null,
    } as const;
    expect(instance.send(event).answer).toMatchObject({ ok: false, code });
    expect(instance.state.status).toBe('created');
  });
});
