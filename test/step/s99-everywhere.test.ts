/**
 * An instance that goes on with a version in which all is called otherwise does the same as one that stays: what it waits for,
 * what it joins, what it counts, after whatever comes. The driver looks at all invariants after each step.
 */
import { describe, expect, test } from 'vitest';
import type { InstanceState } from '../../engine/model/index.js';
import { hasEnded } from '../../engine/step/index.js';
import { compileFixture, Driver, type Sent } from '../support/index.js';
import {
  EVENTS_BY_KIND,
  models,
  type Pick,
  randomOf,
  variablesOf,
  WHO,
} from '../support/random-events.js';
import { compileRenamed, NEW, type Renamed } from '../support/renamed.js';

const RUNS = 4;
const EVENTS = 16;

/** Numbers of entries: a migration writes entries of its own. */
const OF_THE_JOURNAL: ReadonlySet<string> = new Set(['sequence', 'since', 'cause', 'requests']);

/** What a suspended instance will look at again when it is resumed; another is at rest with none of it. */
const toLookAt = ({ suspendedAt, unsettled, agenda }: InstanceState): Partial<InstanceState> => {
  if (suspendedAt === null) return { unsettled, agenda };
  return { unsettled: [], agenda: agenda.filter(({ kind }) => kind !== 'rejoin') };
};

/** A state by its old names, without what tells of the journal. */
const plain = (state: InstanceState): unknown =>
  JSON.parse(JSON.stringify({ ...state, ...toLookAt(state) }).replaceAll(NEW, ''), (key, value) => {
    if (OF_THE_JOURNAL.has(key)) return undefined;
    // The order of keys is no part of a state.
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });

/** An event for the one as the other has it: the same number, another name. */
const translated = (event: Sent, { state }: Driver): Sent => {
  const tables = [state.elements, state.jobs, state.tasks, state.timers, state.subscriptions];
  const rows = [...tables, state.calls, state.throws, state.incidents, state.interruptions];
  const ids = new Map(
    rows.flatMap((table) => Object.keys(table)).map((id) => [id.replaceAll(NEW, ''), id]),
  );
  return JSON.parse(JSON.stringify(event), (_, value) =>
    typeof value === 'string' ? (ids.get(value) ?? value) : value,
  ) as Sent;
};

interface Twins {
  readonly stays: Driver;
  readonly moves: Driver;
}

/** Sends the same to both, and lets the one go to the other version and back between events. */
const live = ({ stays, moves }: Twins, renamed: Renamed, random: () => number): void => {
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] as (typeof items)[0];
  const original = stays.process;
  const back = Object.fromEntries(Object.entries(renamed.ids).map(([old, id]) => [id, old]));
  const send = (event: Sent): void => {
    moves.send(translated(event, moves));
    stays.send(event);
    expect(plain(moves.state), `after ${event.kind}`).toEqual(plain(stays.state));
  };
  const { starts } = original;
  const elementId = starts.length === 0 ? null : pick(starts).elementId;
  send({ kind: 'start', elementId, variables: variablesOf(pick), ...WHO });
  for (let count = 0; count < EVENTS && !hasEnded(stays.state); count += 1) {
    if (moves.state.status === 'active' && random() < 0.7) {
      const isBack = moves.process !== original;
      const answer = isBack
        ? moves.migrate(original, back)
        : moves.migrate(renamed.process, renamed.ids);
      expect(answer).toMatchObject({ ok: true });
      expect(plain(moves.state), 'after the migration').toEqual(plain(stays.state));
    }
    const minutes = Math.floor(random() * 90);
    stays.wait(minutes);
    moves.wait(minutes);
    send(pick(EVENTS_BY_KIND)(pick, stays.state));
    if (stays.state.suspendedAt !== null && random() < 0.5) {
      send({ kind: 'resume', timers: 'keep', ...WHO });
    }
  }
};

describe('2.12 S99 going on under other names changes nothing', () => {
  test.each(models)('%s', async (model) => {
    const { process } = await compileFixture(model);
    const renamed = await compileRenamed(model, process);
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const caller = seed % 2 === 0 ? { instanceId: 'outer', childId: 'call:1' } : null;
      const twins = { stays: new Driver(process, caller), moves: new Driver(process, caller) };
      try {
        live(twins, renamed, randomOf(seed * 104_729));
      } catch (error) {
        const sent = twins.moves.sent.join('\n');
        throw new Error(`seed ${seed}, after ${sent}\n${String(error)}`, { cause: error });
      }
    }
  });
});
