import { describe, expect, test } from 'vitest';
import { compileDefinitions } from '../../engine/compile/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { outlineOf, type Standing } from '../../worker/control/outline.js';
import {
  after,
  endEvent,
  model,
  type Part,
  parallelGateway,
  serviceTask,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';

const NOTHING: Standing = { activations: [], stuck: [] };

const outline = async (parts: readonly Part[], chains: string, standing = NOTHING) => {
  const { definitions } = await parseBpmn(model('p', parts, chains), 'p.bpmn');
  if (definitions === null) throw new Error('the model does not parse');
  const resources = {
    decisions: {},
    forms: {},
    formIds: null,
    declarations: {},
    calendars: {},
    runsUnder: {},
    promises: {},
  };
  const [process] = compileDefinitions(definitions, resources).processes;
  if (!process) throw new Error('the model does not compile');
  return outlineOf(process, standing);
};
const ids = (rows: Awaited<ReturnType<typeof outline>>) =>
  rows.map(({ depth, elementId }) => `${'  '.repeat(depth)}${elementId}`);

describe('the outline of a process', () => {
  test('follows the flow, not the order of the file', async () => {
    const parts = [endEvent('end'), userTask('b'), startEvent('start'), userTask('a')];
    expect(ids(await outline(parts, 'start > a > b > end'))).toEqual(['start', 'a', 'b', 'end']);
  });

  test('tells branches in the order of their flows, and a join after all of them', async () => {
    const parts = ['fork', 'join'].map(parallelGateway);
    const tasks = ['one', 'two'].map(userTask);
    const chains = 'start > fork > one > join > end, fork > two > join';
    const all = [startEvent('start'), ...parts, ...tasks, endEvent('end')];
    expect(ids(await outline(all, chains))).toEqual(['start', 'fork', 'one', 'two', 'join', 'end']);
  });

  test('holds a boundary event below its host, and what follows it after the main flow', async () => {
    const late = timerBoundary('late', 'work', after('PT1H'));
    const parts = [startEvent('start'), userTask('work'), late, userTask('chase'), endEvent('end')];
    const rows = await outline(parts, 'start > work > end, late > chase > end');
    expect(ids(rows)).toEqual(['start', 'work', '  late', 'chase', 'end']);
  });

  test('ends for a loop, and names each element once', async () => {
    const parts = [startEvent('start'), userTask('a'), userTask('b'), endEvent('end')];
    const rows = await outline(parts, 'start > a > b > a, b > end');
    expect(ids(rows).toSorted()).toEqual(['a', 'b', 'end', 'start']);
    expect(rows[0]?.elementId).toBe('start');
  });

  test('marks what is done, active, stuck, cancelled and not reached, and counts', async () => {
    const parts = [startEvent('start'), userTask('a'), serviceTask('b', 'x'), endEvent('end')];
    const standing: Standing = {
      activations: [
        { elementId: 'start', state: 'COMPLETED' },
        { elementId: 'a', state: 'COMPLETED' },
        { elementId: 'a', state: 'ACTIVE' },
        { elementId: 'b', state: 'ACTIVE' },
      ],
      stuck: ['b'],
    };
    const rows = await outline(parts, 'start > a > b > end', standing);
    expect(rows.map(({ mark, times }) => [mark, times])).toEqual([
      ['done', 1],
      ['active', 2],
      ['incident', 1],
      ['not-reached', 0],
    ]);
    const ended = { activations: [{ elementId: 'a', state: 'CANCELLED' }], stuck: [] };
    const cancelled = await outline(parts, 'start > a > b > end', ended);
    expect(cancelled[1]?.mark).toBe('cancelled');
  });
});
