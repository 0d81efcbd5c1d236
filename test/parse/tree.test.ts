import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ParsedProcess } from '../../engine/model/parsed.js';
import { parseBpmn } from '../../engine/parse/index.js';

async function parseFixture(name: string): Promise<ParsedProcess> {
  const { definitions } = await parseBpmn(readFileSync(`test/fixtures/parse/${name}.bpmn`), name);
  return definitions?.processes[0] as ParsedProcess;
}

/** Given the file, when it is parsed, then this node has these values. */
const nodes: readonly [file: string, id: string, expected: object][] = [
  ['valid-outgoing-order', 'task', { outgoing: ['to-c', 'to-b', 'to-a'], incoming: ['to-task'] }],
  ['valid-qualified-references', 'start', { outgoing: ['to-task'] }],
  ['valid-qualified-references', 'task', { calledElement: 'other', incoming: ['to-task'] }],
  ['valid-schema-spellings', 'task', { isForCompensation: false, startQuantity: 1 }],
  [
    'valid-shared-definition',
    'start',
    { triggers: [{ kind: 'timer', timers: [{ kind: 'duration', text: 'PT1H' }] }] },
  ],
  [
    'valid-standard-multi-instance',
    'task',
    { loop: { inputCollection: 'orders', inputElement: 'order', cardinality: null } },
  ],
  ['valid-cardinality', 'task', { loop: { cardinality: '3', isSequential: true } }],
  ['valid-trigger-kinds', 'catch-link', { triggers: [{ kind: 'link', name: 'there' }] }],
  [
    'valid-trigger-kinds',
    'catch-condition',
    { triggers: [{ kind: 'conditional', condition: '=a > 1' }] },
  ],
  [
    'valid-trigger-kinds',
    'catch-date',
    { triggers: [{ kind: 'timer', timers: [{ kind: 'date', text: '2026-03-02T09:00:00Z' }] }] },
  ],
  ['valid-trigger-kinds', 'end-terminate', { triggers: [{ kind: 'terminate' }] }],
  ['valid-trigger-kinds', 'end-cancel', { triggers: [{ kind: 'cancel' }] }],
  [
    'valid-trigger-kinds',
    'end-compensate',
    { triggers: [{ kind: 'compensation', ref: 'task', isWaiting: false }] },
  ],
  [
    'valid-trigger-kinds',
    'end-publish',
    {
      triggers: [{ kind: 'message', ref: null }],
      extensions: {
        publishMessage: { correlationKey: '=key', messageId: null, timeToLive: null },
      },
    },
  ],
];

describe('the tree', () => {
  test.each(nodes)('%s: %s', async (file, id, expected) => {
    const { content } = await parseFixture(file);
    expect(content.nodes.find((node) => node.id === id)).toMatchObject(expected);
  });

  test('keeps nested lanes with their nodes and assignment', async () => {
    const { lanes } = await parseFixture('valid-lanes');
    const sales = { assignee: null, candidateGroups: 'sales', candidateUsers: null };
    expect(lanes).toEqual([
      {
        id: 'sales',
        name: 'Sales',
        laneSet: 'process:0',
        parent: null,
        nodes: [],
        assignment: sales,
      },
      {
        id: 'lead',
        name: 'Lead',
        laneSet: 'process:0',
        parent: 'sales',
        nodes: ['task'],
        assignment: null,
      },
      {
        id: 'system',
        name: null,
        laneSet: 'process:0',
        parent: null,
        nodes: ['start', 'end'],
        assignment: null,
      },
    ]);
  });

  test('reads 1 as true, as XML Schema has it', async () => {
    expect((await parseFixture('valid-schema-spellings')).isExecutable).toBe(true);
  });

  test('reads a FEEL condition and keeps nothing for a dangling flow', async () => {
    const { content } = await parseFixture('valid-feel-namespace');
    expect(content.flows.find(({ id }) => id === 'to-other')?.condition).toBe('a > 1');
    const dangling = await parseFixture('invalid-dangling-flow');
    expect(dangling.content.flows.map(({ id }) => id)).toEqual(['to-task', 'to-end']);
  });

  test('is plain JSON', async () => {
    const process = await parseFixture('valid-all-extensions');
    expect(JSON.parse(JSON.stringify(process))).toEqual(process);
  });
});
