/** What a modification would do, for people. Class: pure. */
import type { OutlineRow, PreviewRow } from '../contracts/control.js';
import { printable, several, shortened } from './table.js';

/** Its lines: what ends, what goes with it, what begins, and where the instance then stands. */
export function previewLines(
  preview: PreviewRow,
  outline: readonly OutlineRow[],
): readonly string[] {
  const names = new Map(outline.map(({ elementId, name }) => [elementId, name]));
  const called = (elementId: string): string => {
    const name = names.get(elementId);
    return name ? `'${shortened(name, 50)}' (${elementId})` : elementId;
  };
  const lines = [...ends(preview, called), ...begins(preview, called), then(preview, called)];
  return lines.map((line) => `  ${printable(line)}`);
}

type Called = (elementId: string) => string;

const ends = (preview: PreviewRow, called: Called): readonly string[] => [
  ...preview.cancelled.map(({ elementId, elementInstanceId: id }) => {
    const has = (rows: PreviewRow['tasks']): boolean =>
      rows.some(({ elementInstanceId }) => elementInstanceId === id);
    const what = [
      ...(has(preview.tasks) ? ['its task'] : []),
      ...(has(preview.jobs) ? ['its job'] : []),
      ...(has(preview.incidentsClosed) ? ['its incident'] : []),
    ];
    const also = what.length > 0 ? `, with ${what.join(' and ')}` : '';
    return `× ends ${called(elementId)}, ${id}${also}`;
  }),
  ...preview.removed.map(
    ({ elementId, tokens }) =>
      `× takes ${several(tokens, 'token')} away that ${tokens === 1 ? 'waits' : 'wait'} at ${called(elementId)}`,
  ),
  ...preview.timers.map((elementId) => `× stops timer ${called(elementId)}`),
  ...preview.subscriptions.map((elementId) => `× waits no more at ${called(elementId)}`),
  ...preview.calls.map((id) => `× asks the instance called as ${id} to end`),
];

const begins = (preview: PreviewRow, called: Called): readonly string[] => [
  ...preview.placed.map((elementId) => `● puts a token at ${called(elementId)}`),
  ...preview.entered
    .filter(({ elementId }) => !preview.placed.includes(elementId))
    .map(({ elementId }) => `● enters ${called(elementId)} for it`),
  ...preview.incidentsOpened.map(
    ({ elementId, code, message }) => `! incident ${code} at ${called(elementId)}: ${message}`,
  ),
];

const then = ({ status, waitingAt }: PreviewRow, called: Called): string => {
  if (status === 'ending') return 'then the instance ends, once what it called has ended';
  if (status !== 'active') return `then the instance is ${status}`;
  return waitingAt.length === 0
    ? 'then the instance goes on'
    : `then it waits at ${waitingAt.map(called).join(', ')}`;
};
