/** What a migration would do, for people. Class: pure. */
import type { MigrationRow } from '../contracts/control.js';
import { remediedOnce } from '../history/index.js';
import { printable } from './table.js';

/** Its lines: what is in the way, or what is called otherwise, what is waited for, and where the instance then stands. */
export function migrationLines(preview: MigrationRow): readonly string[] {
  const lines = preview.problems.length > 0 ? problemLines(preview) : changeLines(preview);
  return lines.map((line) => `  ${printable(line)}`);
}

const problemLines = ({ problems }: MigrationRow): readonly string[] =>
  problems.map(({ code, message }) => `! ${code}: ${remediedOnce(message)}`);

const changeLines = (preview: MigrationRow): readonly string[] => [
  ...preview.renamed.map(
    ({ elementInstanceId, from, to }) => `→ ${from} is ${to} (${elementInstanceId})`,
  ),
  ...preview.closed.map((elementId) => `× waits no more at ${elementId}`),
  ...preview.armed.map((elementId) => `● waits at ${elementId} from then on`),
  ...preview.entered.map(
    (elementId) => `● enters ${elementId}, for all has come that a join waits for`,
  ),
  ...preview.incidentsOpened.map(({ elementId, code }) => `! incident ${code} at ${elementId}`),
  then(preview),
];

const then = ({ status, waitingAt }: MigrationRow): string => {
  if (status !== 'active') return `then the instance is ${status}`;
  return waitingAt.length === 0
    ? 'then it waits as before'
    : `then it waits at ${waitingAt.join(', ')} too`;
};
