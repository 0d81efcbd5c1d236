/** What happened is told in both languages: each knows every kind of entry, and tells causes. */
import { describe, expect, test } from 'vitest';
import type { HistoryRow, OperationOutput } from '../../contracts/control.js';
import { toldCauses, toldHistory } from '../../history/index.js';
import { WORDS } from '../../history/words/index.js';

const AT = '2026-03-02T10:00:00.000Z';
const entry = (sequence: number, kind: string, more: Partial<HistoryRow> = {}): HistoryRow => ({
  ...{ sequence, at: AT, kind, elementId: null, elementInstanceId: null, scopeId: null },
  ...{ cause: null, actor: null, rule: null, data: null, isErased: false, ...more },
});
const history = {
  instance: {} as OperationOutput<'history'>['instance'],
  names: { check: 'Check it', yes: '= ok' },
  acts: [],
  entries: [
    entry(1, 'instanceStarted', { actor: 'ann' }),
    entry(2, 'flowTaken', { elementId: 'yes', cause: 1 }),
    entry(3, 'elementEntered', {
      ...{ elementId: 'check', elementInstanceId: 'check:2', cause: 2 },
      data: { kind: 'userTask' },
    }),
    entry(4, 'taskOpened', {
      ...{ elementId: 'check', elementInstanceId: 'check:2', cause: 3 },
      data: { assignee: null, candidateGroups: ['office'] },
    }),
  ],
};

test('both languages know the same entries', () => {
  expect(Object.keys(WORDS['pt-BR'].sentences).sort()).toEqual(
    Object.keys(WORDS.en.sentences).sort(),
  );
});

describe('a history', () => {
  test('is told in Portuguese, with causes', () => {
    expect(toldHistory(history, false, 'pt-BR').map(({ what, why }) => [what, why])).toEqual([
      ['iniciou a instância', null],
      ["entrou em 'Check it' (tarefa de usuário)", "no início, pelo fluxo '= ok'"],
      ["abriu a tarefa 'Check it' para o grupo office", null],
    ]);
  });

  test('is told in English as before', () => {
    expect(toldHistory(history, false).map(({ what, why }) => [what, why])).toEqual([
      ['started the instance', null],
      ["entered 'Check it' (user task)", "at the start, by flow '= ok'"],
      ["opened task 'Check it' for group office", null],
    ]);
  });

  test('tells why something is where it is, the nearest first', () => {
    expect(toldCauses(history, 3).map(({ what, sequence }) => [sequence, what])).toEqual([
      [3, "entered 'Check it' (user task)"],
      [2, "took flow '= ok'"],
      [1, 'started the instance'],
    ]);
  });
});
