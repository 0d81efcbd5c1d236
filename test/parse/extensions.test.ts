import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ParsedNode, ParsedProcess, ParsedScope } from '../../engine/model/parsed.js';
import { type ParseResult, parseBpmn } from '../../engine/parse/index.js';

const FILE = 'test/fixtures/parse/valid-all-extensions.bpmn';

let result: ParseResult;
let process: ParsedProcess;

beforeAll(async () => {
  result = await parseBpmn(readFileSync(FILE), FILE);
  process = result.definitions?.processes[0] as ParsedProcess;
});

function find(id: string, { nodes }: ParsedScope = process.content): ParsedNode | undefined {
  return nodes
    .map((node) => (node.id === id ? node : node.content ? find(id, node.content) : undefined))
    .find((node) => node !== undefined);
}

/** Of each node, what the file says beyond the defaults. */
const nodes: readonly [id: string, expected: object][] = [
  ['start', { tag: 'startEvent', line: 18, incoming: [], outgoing: ['to-charge'], triggers: [] }],
  [
    'charge',
    {
      tag: 'serviceTask',
      extensions: {
        taskDefinition: { type: 'charge-card', retries: '5' },
        inputs: [{ source: '=order.total', target: 'amount' }],
        outputs: [{ source: '=receipt', target: 'receipt' }],
        headers: { 'jornada:retry.backoff': 'PT1M' },
        properties: { 'jornada:queue': 'payments' },
      },
    },
  ],
  [
    'decide',
    {
      extensions: {
        calledDecision: {
          decisionId: 'discount',
          resultVariable: 'discount',
          bindingType: 'deployment',
          versionTag: null,
        },
      },
    },
  ],
  ['compute', { extensions: { script: { expression: '=amount * 2', resultVariable: 'double' } } }],
  [
    'review',
    {
      extensions: {
        isUserTask: true,
        form: {
          formId: 'review-form',
          formKey: null,
          externalReference: null,
          bindingType: 'versionTag',
          versionTag: '3',
        },
        assignment: { assignee: '=owner', candidateGroups: 'csm', candidateUsers: 'ana, bob' },
        schedule: {
          dueDate: '=now() + duration("PT4H")',
          followUpDate: '2026-03-02T09:00:00Z',
        },
        priority: '70',
      },
    },
  ],
  [
    'reminder',
    {
      attachedTo: 'review',
      isInterrupting: false,
      triggers: [{ kind: 'timer', timers: [{ kind: 'cycle', text: 'R3/PT1H' }] }],
    },
  ],
  ['late', { triggers: [{ kind: 'escalation', ref: 'escalation-late' }] }],
  ['split', { defaultFlow: 'to-call', outgoing: ['to-each', 'to-call'] }],
  [
    'call',
    {
      extensions: {
        calledElement: {
          processId: 'billing',
          propagateAllChildVariables: false,
          propagateAllParentVariables: true,
          bindingType: 'latest',
          versionTag: null,
        },
      },
    },
  ],
  ['paid', { triggers: [{ kind: 'message', ref: 'message-paid' }] }],
  [
    'tell',
    {
      messageRef: 'message-paid',
      extensions: {
        publishMessage: { correlationKey: '=order', messageId: '=receipt', timeToLive: 'PT1H' },
      },
    },
  ],
  [
    'each',
    {
      loop: {
        kind: 'multiInstance',
        isSequential: true,
        behavior: 'All',
        inputCollection: '=items',
        inputElement: 'item',
        outputCollection: 'results',
        outputElement: '=result',
        cardinality: null,
        completionCondition: '=result = "stop"',
      },
    },
  ],
  ['each-end', { triggers: [{ kind: 'error', ref: 'error-declined' }] }],
  ['stop', { triggers: [{ kind: 'signal', ref: 'signal-stop' }] }],
];

describe('a file with every extension', () => {
  test('has no findings', () => {
    expect(result.findings).toEqual([]);
  });

  test('keeps what the process and the catalogues say', () => {
    expect(process).toMatchObject({
      id: 'all-extensions',
      isExecutable: true,
      versionTag: '1.4',
      properties: { 'jornada:zone': 'America/Sao_Paulo' },
    });
    expect(result.definitions).toMatchObject({
      messages: { 'message-paid': { name: 'paid', correlationKey: '=order' } },
      signals: { 'signal-stop': { name: 'stop', code: null } },
      errors: { 'error-declined': { code: 'DECLINED' } },
      escalations: { 'escalation-late': { code: 'LATE' } },
    });
  });

  test.each(nodes)('reads %s', (id, expected) => {
    expect(find(id)).toMatchObject(expected);
  });

  test('reads conditions as written', () => {
    const flow = process.content.flows.find(({ id }) => id === 'to-each');
    expect(flow).toMatchObject({ source: 'split', target: 'each', condition: '=amount > 100' });
  });
});
