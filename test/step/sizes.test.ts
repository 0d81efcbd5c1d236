import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../engine/compile/index.js';
import type { ErrorCode } from '../../engine/errors/index.js';
import { type EffectKind, sizeOf, type Variables } from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compileFixture, Driver, startFixture } from '../support/index.js';

const { variableBytes, processBytes, payloadBytes } = DEFAULT_LIMITS;
const text = 'x'.repeat(50_000);
/** Two lists of so many can be kept, but not be sent together. */
const times = Math.ceil(payloadBytes / text.length / 2);

/** Starts the process that piles up more than it can send, as one that another called. */
const pileUp = async (way: string): Promise<Driver> => {
  const { process, findings } = await compileFixture('step/sending');
  expect(findings).toEqual([]);
  const caller = { instanceId: 'caller', childId: 'call:1' };
  return new Driver(process, caller).start({ way, text, times });
};

describe('what is sent at once is bounded, and waits behind an incident', () => {
  /** What sends its mappings alone is stopped by theirs. */
  const senders: readonly [elementId: string, sends: EffectKind, code: ErrorCode][] = [
    ['work', 'startJob', 'PAYLOAD_TOO_LARGE'],
    ['tell', 'publishMessage', 'PAYLOAD_TOO_LARGE'],
    ['alarm', 'broadcastSignal', 'EXPRESSION_FAILED'],
    ['bill', 'startChild', 'PAYLOAD_TOO_LARGE'],
    ['raise', 'askCaller', 'EXPRESSION_FAILED'],
    ['fail', 'askCaller', 'EXPRESSION_FAILED'],
    ['sending-process', 'endInstance', 'PAYLOAD_TOO_LARGE'],
  ];

  test.each(senders)('%s', async (elementId, sends, code) => {
    const instance = await pileUp(elementId);
    expect(instance.incidents()).toEqual([`${code} ${elementId}`]);
    expect(instance.emitted(sends)).toEqual([]);
    instance.resolve();
    expect(instance.incidents()).toEqual([`${code} ${elementId}`]);
    instance.resolve({ pile: [] });
    expect(instance.incidents()).toEqual([]);
    expect(instance.emitted(sends)).toHaveLength(1);
  });

  test('one that is too large to be told is cancelled all the same', async () => {
    const instance = await pileUp('sending-process');
    expect(instance.cancel()).toMatchObject({ ok: true });
    expect(instance.emitted('endInstance')).toEqual([
      { kind: 'endInstance', status: 'cancelled', variables: {} },
    ]);
  });
});

describe('what is computed is bounded, and waits behind an incident', () => {
  test('the result of a script', async () => {
    const instance = await startFixture('step/sending', { way: '', text, times: 2 * times });
    expect(instance.incidents()).toEqual(['EXPRESSION_FAILED grow']);
    instance.resolve({ times: 1 });
    expect(instance.state.status).toBe('completed');
  });

  test('the collection that a multi-instance leaves behind', async () => {
    const { process } = await compileFixture('step/mi-output-error');
    const items = Array.from({ length: 2 * times }, (_, i) => `${i}`);
    const instance = new Driver(process).start({ bonus: text, items });
    expect(instance.incidents()).toEqual(['EXPRESSION_FAILED each']);
    instance.resolve();
    expect(instance.incidents()).toEqual(['EXPRESSION_FAILED each']);
    const limits = { ...process.limits, payloadBytes: 2 * payloadBytes };
    Object.assign(instance, { process: { ...process, limits } });
    instance.resolve();
    expect(instance.value('results')).toEqual(items.map((item) => text + item));
    expect(instance.state.status).toBe('completed');
  });

  test('a host that wants little at a time is told what was made until then', async () => {
    const { process } = await compileFixture('step/sending');
    const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
    const at = '2026-03-02T09:00:00.000Z';
    const start = { kind: 'start', at, elementId: null, requestId: null, actor: null } as const;
    const variables = { way: 'work', text, times: 4 };
    let piece = step(process, state, { ...start, variables }, { pauseAbove: 100_000 });
    const sizes = [sizeOf(piece)];
    while (piece.hasMore) {
      piece = step(process, state, { kind: 'continue', at }, { pauseAbove: 100_000 });
      sizes.push(sizeOf(piece));
    }
    expect(sizes).toHaveLength(3);
    for (const size of sizes) expect(size).toBeLessThan(500_000);
  });
});

describe('what comes from outside is bounded', () => {
  const full = (bytes: number): Variables => {
    const names = Array.from({ length: Math.ceil(bytes / 60_000) }, (_, i) => `v${i}`);
    return Object.fromEntries(names.map((name) => [name, 'x'.repeat(bytes / names.length - 8)]));
  };
  const started = async (variables: Variables): Promise<Driver> =>
    startFixture('step/task-with-timer', variables);

  test('one variable', async () => {
    const instance = await started({});
    const fits = 'x'.repeat(variableBytes - 2);
    expect(instance.set({ a: fits })).toMatchObject({ ok: true });
    expect(instance.set({ a: `${fits}x` })).toMatchObject({ code: 'VARIABLE_SIZE' });
    expect(instance.value('a')).toBe(fits);
  });

  test('all of a start', async () => {
    const { process } = await compileFixture('step/task-with-timer');
    const start = (variables: Variables) =>
      new Driver(process).send({
        kind: 'start',
        elementId: null,
        variables,
        requestId: null,
        actor: null,
      }).answer;
    expect(start(full(processBytes - 10))).toMatchObject({ ok: true });
    expect(start(full(processBytes + 10))).toMatchObject({ ok: false, code: 'VARIABLES_SIZE' });
  });

  test('what it makes of the process: more is refused, as much and less is not', async () => {
    const instance = await started(full(processBytes - 1000));
    const more = { more: 'x'.repeat(2000) };
    expect(instance.set(more)).toMatchObject({ ok: false, code: 'VARIABLES_SIZE' });
    expect(instance.complete('work', more)).toMatchObject({ ok: false, code: 'VARIABLES_SIZE' });
    expect(instance.waitingAt()).toEqual(['work']);
    expect(instance.set({ v0: instance.value('v0') ?? null })).toMatchObject({ ok: true });
    expect(instance.set({ v0: '' })).toMatchObject({ ok: true });
    expect(instance.complete('work', more)).toMatchObject({ ok: true });
  });

  test('a job that answers too much is an incident, and a retry does it again', async () => {
    const instance = await startFixture('step/technical-failure', full(processBytes - 1000));
    const [{ type = '' } = {}] = instance.emitted('startJob');
    instance.job(type, { complete: { more: 'x'.repeat(2000) } });
    expect(instance.incidents()).toMatchObject([expect.stringContaining('VARIABLES_SIZE')]);
    instance.resolve({ v0: '' });
    instance.job(type, { complete: { more: 'x'.repeat(2000) } });
    expect(instance.incidents()).toEqual([]);
    expect(String(instance.value('more'))).toHaveLength(2000);
  });

  test('what output mappings choose from does not count as written', async () => {
    const instance = await startFixture('step/mappings', { n: 1, ...full(processBytes - 1000) });
    instance.job('work', { complete: { got: 5, noise: 'x'.repeat(2000) } });
    expect(instance.value('a')).toBe(5);
  });

  test('a worker that throws passes no name that is reserved', async () => {
    const instance = await startFixture('step/technical-failure', {});
    const [{ type = '' } = {}] = instance.emitted('startJob');
    const variables = JSON.parse('{"__proto__": 1}') as Variables;
    instance.job(type, { error: 'ANY', variables });
    expect(instance.incidents()).toMatchObject([expect.stringContaining('VARIABLE_NAME')]);
  });
});
