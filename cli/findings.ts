/** Findings for people, as `lint` and `deploy` show them. Class: pure. */
import type { FindingRow } from '../contracts/control.js';
import { printable } from './table.js';
import type { Terminal } from './terminal.js';

/** Two lines a finding: where and what, then the remedy. */
export function findingLines(
  findings: readonly FindingRow[],
  paint: Terminal['paint'],
): readonly string[] {
  return findings.flatMap(({ file, line, elementId, code, severity, message, docs }) => {
    const where = `${file ?? ''}${line === null ? '' : `:${line}`}`;
    const mark = paint(severity === 'warning' ? 'yellow' : 'red', severity);
    return [
      `${printable(where)}  ${mark}  ${code}  ${printable(elementId ?? '-')}`,
      `    ${printable(message)} ${paint('dim', docs)}`,
    ];
  });
}
