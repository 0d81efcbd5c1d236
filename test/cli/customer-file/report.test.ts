import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createReport } from '../../../cli/customer-file/report.js';
import { createTerminal } from '../../../cli/terminal.js';
import type { LineResult } from '../../../contracts/control.js';

const EXAMINED = { bytes: 1000, hash: 'abc' };
const COUNTS = { taken: 1, unchanged: 0, known: 1, rejected: 1 };
const results: readonly LineResult[] = [
  { line: 2, outcome: 'taken', customerId: 'c-1' },
  { line: 3, outcome: 'known', customerId: 'c-2' },
  {
    line: 4,
    outcome: 'rejected',
    faults: [
      { field: 'plan', code: 'CUSTOMER_PLAN', reason: 'Expected a plan.' },
      { field: null, code: 'CUSTOMER_CELLS', reason: 'Expected \u001b[31mcells.' },
    ],
  },
];

const tell = async (isJson: boolean, isTTY: boolean) => {
  const [stdout, stderr] = [0, 1].map(() => Object.assign(new PassThrough(), { isTTY }));
  if (!stdout || !stderr) throw new Error('there are two');
  const options = { isJson, isQuiet: false, isDebug: false, mayColor: false };
  const report = createReport(
    createTerminal(options, { stdout, stderr, environment: {} as never }),
    EXAMINED,
  );
  await report.add(results, 500);
  await report.add(results.slice(1, 2), 1000);
  await report.end(COUNTS, ['notes']);
  return { out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
};

test('people see each line that was not taken, under one heading, and a sum', async () => {
  const { out, err } = await tell(false, false);
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^LINE +FIELD +CODE +REASON$/);
  expect(lines[1]).toMatch(/^3 +tax_id +CUSTOMER_TAX_ID_KNOWN +Expected a tax id .*'c-2'/);
  expect(lines[3]).toMatch(/^4 +- +CUSTOMER_CELLS +Expected \ufffd\[31mcells\./);
  expect(err).toBe(
    '1 customer taken, 0 unchanged, 1 known and left as they are, 1 line rejected.\n',
  );
});

test('a terminal shows how far it is', async () => {
  const { err } = await tell(false, true);
  expect(err).toMatch(/customers 50 % {2}3 lines {2}ETA \d+ s/);
  expect(err).toMatch(/customers 100 % {2}4 lines {2}ETA 0 s/);
});

test('programs get one document', async () => {
  const { out, err } = await tell(true, false);
  expect(JSON.parse(out)).toMatchObject({
    file: { sha256: 'abc', bytes: 1000 },
    counts: COUNTS,
    ignoredColumns: ['notes'],
    known: [{ line: 3, field: 'tax_id', customerId: 'c-2' }, { line: 3 }],
    rejected: [
      { line: 4, field: 'plan', code: 'CUSTOMER_PLAN' },
      { line: 4, field: null, code: 'CUSTOMER_CELLS' },
    ],
  });
  expect(err).toBe('');
});
