import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { customerRecordPage } from '../../scripts/customer-record-page-text.js';

test('docs/customer-record.md is what the declarations say today', () => {
  expect(readFileSync('docs/customer-record.md', 'utf8')).toBe(customerRecordPage());
});
