import { describe, expect, test } from 'vitest';
import { allocate, type Owed } from '../../../store/ledger/allocation.js';

const owed = (
  invoiceId: string,
  dueDate: string,
  [feeMinor, interestMinor, principalMinor]: readonly [number, number, number],
): Owed => ({ invoiceId, dueDate, feeMinor, interestMinor, principalMinor });

const OLD = owed('I-2', '2026-01-10', [100, 50, 1_000]);
const NEW = owed('I-1', '2026-02-10', [0, 0, 2_000]);

/** Given a payment, what of it goes where, as `invoice: fee/interest/principal`. */
const runs: readonly [string, number, readonly Owed[], string | null, readonly string[], number][] =
  [
    ['the oldest first', 1_150, [NEW, OLD], null, ['I-2: 100/50/1000'], 0],
    ['then the next', 1_200, [NEW, OLD], null, ['I-2: 100/50/1000', 'I-1: 0/0/50'], 0],
    ['fees before interest before principal', 120, [OLD], null, ['I-2: 100/20/0'], 0],
    ['the one that is named, though it is newer', 500, [NEW, OLD], 'I-1', ['I-1: 0/0/500'], 0],
    ['too much for the one that is named', 2_500, [NEW, OLD], 'I-1', ['I-1: 0/0/2000'], 500],
    ['one that is not there', 500, [NEW, OLD], 'I-9', [], 500],
    ['too much for all', 4_000, [NEW, OLD], null, ['I-2: 100/50/1000', 'I-1: 0/0/2000'], 850],
    ['nothing owed', 400, [], null, [], 400],
    [
      'the same due date: the lower id',
      10,
      [owed('b', '2026-01-01', [0, 0, 9]), owed('a', '2026-01-01', [0, 0, 9])],
      null,
      ['a: 0/0/9', 'b: 0/0/1'],
      0,
    ],
  ];

describe('allocation', () => {
  test.each(runs)('%s', (_name, amount, invoices, named, parts, rest) => {
    const found = allocate(amount, invoices, named);
    const told = found.parts.map(
      (one) => `${one.invoiceId}: ${one.feeMinor}/${one.interestMinor}/${one.principalMinor}`,
    );
    expect([told, found.restMinor]).toEqual([parts, rest]);
  });
});
