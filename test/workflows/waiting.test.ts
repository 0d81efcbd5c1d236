/** What waits for the window: its order is that of the plain list it replaced, and draining it costs linear work. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HostEffect } from '../../contracts/decision.js';
import { type Waiting, WaitingEffects } from '../../workflows/instance/waiting.js';
import { cpuMs } from '../support/cpu-time.js';

const publish = (id: number, lane: number): HostEffect =>
  ({ kind: 'publishMessage', id: `m:${id}`, name: 'n', key: `k${lane}` }) as unknown as HostEffect;
const open = (id: number, lane: number): HostEffect =>
  ({
    kind: 'openSubscription',
    of: 'message',
    id: `s:${id}`,
    name: 'n',
    key: `k${lane}`,
  }) as unknown as HostEffect;
const call = (id: number): HostEffect =>
  ({ kind: 'startChild', id: `c:${id}`, bytes: id }) as unknown as HostEffect;
const job = (id: number): HostEffect =>
  ({ kind: 'startJob', id: `j:${id}`, bytes: id }) as unknown as HostEffect;

const MAKERS = [publish, open, call, job] as const;

type Move =
  | { readonly do: 'add'; readonly maker: number; readonly lane: number }
  | { readonly do: 'take'; readonly mayCall: boolean }
  | { readonly do: 'free' | 'takeBack'; readonly at: number };

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), maker: fc.nat(3), lane: fc.nat(3) }),
    fc.record({ do: fc.constant('take' as const), mayCall: fc.boolean() }),
    fc.record({ do: fc.constantFrom('free' as const, 'takeBack' as const), at: fc.nat(20) }),
  ),
  { maxLength: 80 },
);

const idOf = (effect: HostEffect): string => (effect as { readonly id: string }).id;

test('it takes the first in order whose lane is free, and that is no call where none may start', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const waiting = new WaitingEffects();
      const plain: HostEffect[] = [];
      const laneOf = (effect: HostEffect): string =>
        'key' in effect ? `${effect.key}` : idOf(effect);
      const begun: Waiting[] = [];
      for (const [index, move] of list.entries()) {
        if (move.do === 'add') {
          const effect = (MAKERS[move.maker] as (typeof MAKERS)[0])(index, move.lane);
          plain.push(effect);
          waiting.add(effect);
        } else if (move.do === 'take') {
          const at = plain.findIndex(
            (effect) =>
              (move.mayCall || effect.kind !== 'startChild') &&
              !begun.some((one) => laneOf(one.effect) === laneOf(effect)),
          );
          const expected = at < 0 ? null : (plain.splice(at, 1)[0] ?? null);
          const taken = waiting.take(move.mayCall);
          expect(taken?.effect ?? null).toBe(expected);
          if (taken) begun.push(taken);
        } else if (move.do === 'free') {
          const [done] = begun.splice(move.at, 1);
          if (done) waiting.free(done);
        } else {
          const [gone] = plain.splice(move.at, 1);
          if (gone) expect(waiting.takeBack(gone.kind, idOf(gone))).toBe(true);
        }
        expect(waiting.effects).toEqual(plain);
      }
    }),
  );
});

test('a call that waits can be taken back, and one that has begun cannot', () => {
  const waiting = new WaitingEffects();
  waiting.add(call(1));
  waiting.add(call(2));
  waiting.take(true);
  expect(waiting.takeBack('startChild', 'c:1')).toBe(false);
  expect(waiting.takeBack('startChild', 'c:2')).toBe(true);
  expect([waiting.size, waiting.bytes, waiting.take(true)]).toEqual([0, 0, null]);
});

test.each([
  ['of one lane', (id: number) => publish(id, 0)],
  ['of as many lanes', job],
])('8,000 effects %s go in and out at a cost that grows with their number', (_what, make) => {
  const costOf = (count: number): number => {
    const before = cpuMs();
    const waiting = new WaitingEffects();
    let bytes = 0;
    for (let id = 0; id < count; id += 1) {
      waiting.add(make(id));
      bytes += waiting.bytes;
    }
    let drained = 0;
    for (let next = waiting.take(true); next; next = waiting.take(true)) {
      expect(next.order).toBe(drained);
      drained += 1;
      waiting.free(next);
    }
    expect([drained, waiting.size, waiting.bytes, bytes >= 0]).toEqual([count, 0, 0, true]);
    return cpuMs() - before;
  };
  costOf(8000);
  expect(costOf(8000)).toBeLessThan(500);
});
