/** Where an instance stands, drawn as an outline of its process. Class: pure. */
import type { InstanceDetail, OutlineRow } from '../contracts/control.js';
import { wordsOf } from '../engine/model/index.js';
import { ERASED, remediedOnce } from '../history/index.js';
import {
  type Color,
  printable,
  shortened,
  shownInstance,
  shownInstant,
  stateColor,
} from './table.js';
import type { Terminal } from './terminal.js';

type Paint = Terminal['paint'];

/** Sign, word and colour of a mark: the sign and the word tell it without colour. */
const MARKS: Readonly<
  Record<
    OutlineRow['mark'],
    { readonly sign: string; readonly word: string; readonly color: Color }
  >
> = {
  done: { sign: '✓', word: '', color: 'dim' },
  active: { sign: '●', word: 'active', color: 'green' },
  incident: { sign: '!', word: 'incident', color: 'red' },
  cancelled: { sign: '×', word: 'cancelled', color: 'dim' },
  'not-reached': { sign: '·', word: '', color: 'dim' },
};

/** All of an instance. */
export function instanceLines(detail: InstanceDetail, paint: Paint): readonly string[] {
  const { outline, tasks, timers, subscriptions, incidents, children } = detail;
  const { instanceId } = detail.instance;
  const short = shownInstance(instanceId);
  return [
    ...headLines(detail, paint),
    '',
    ...outlineLines(outline, paint, true),
    ...section(
      'Open tasks',
      tasks.map(
        ({ taskId, name, elementId, assignee, dueAt }) =>
          `${short}/${taskId}  ${name ?? elementId}  ${assignee ?? 'unassigned'}${dueAt === null ? '' : `  due ${shownInstant(dueAt)}`}`,
      ),
    ),
    ...section(
      'Timers',
      timers.map(({ dueAt, elementId }) => `${shownInstant(dueAt)}  ${elementId ?? '-'}`),
    ),
    ...section(
      'Waits for',
      subscriptions.map(
        ({ of, name, key, elementId }) =>
          `${of} ${name}${key === '' ? '' : `  key ${key ?? ERASED}`}  at ${elementId ?? '-'}`,
      ),
    ),
    ...section(
      'Incidents',
      incidents.flatMap(({ incidentId, elementId, code, message }) => [
        `${short}/${incidentId}  ${code}  at ${elementId ?? '-'}`,
        `    ${remediedOnce(message)}`,
      ]),
    ),
    ...section(
      'Called instances',
      children.map(
        ({ instanceId: called, childId, processId, elementId, state, outcome }) =>
          `${called ?? `${childId} (not started)`}  ${processId}  from ${elementId ?? '-'}  ${outcome ?? state}`,
      ),
    ),
  ];
}

/** Of events that wait so many are named. */
const SHOWN_EVENTS = 10;

function waitingText(waiting: InstanceDetail['waiting']): string {
  if (waiting === null) return 'the instance does not answer';
  const more = waiting.length > SHOWN_EVENTS ? ', …' : '';
  return `${waiting.slice(0, SHOWN_EVENTS).join(', ') || 'nothing'}${more}`;
}

function headLines(
  { instance, processName, isParked, waiting }: InstanceDetail,
  paint: Paint,
): readonly string[] {
  const { instanceId, processId, definitionVersion, state, startedAt, endedAt } = instance;
  const name = processName === null ? '' : `  ${shortened(processName)}`;
  const color = stateColor(state);
  const ended = endedAt === null ? '' : `, ended ${shownInstant(endedAt)}`;
  const lines = [
    `${instanceId}  ${processId} version ${definitionVersion}${name}`,
    `${color ? paint(color, state) : state}, started ${shownInstant(startedAt)}${ended}`,
  ];
  if (instance.outcome !== null) lines.push(`outcome ${printable(instance.outcome)}`);
  if (instance.businessKey !== null) {
    lines.push(`business key ${printable(instance.businessKey)}`);
  }
  if (instance.callerInstanceId !== null) lines.push(`called by ${instance.callerInstanceId}`);
  if (isParked) {
    lines.push(paint('red', 'PARKED: the engine cannot decide here; see npx jornada retry pi'));
    lines.push(`undecided: ${waitingText(waiting)}`);
  }
  return lines;
}

/** The outline; `isLive` false leaves the marks out. */
export function outlineLines(
  outline: readonly OutlineRow[],
  paint: Paint,
  isLive: boolean,
): readonly string[] {
  const labels = outline.map(
    ({ depth, name, elementId }) => `${'  '.repeat(depth)}${shortened(name ?? elementId, 50)}`,
  );
  const width = Math.max(0, ...labels.map((label) => [...label].length));
  const kinds = outline.map(({ kind }) => wordsOf(kind));
  const kindWidth = Math.max(0, ...kinds.map((kind) => kind.length));
  return outline.map(({ mark, times, elementId }, index) => {
    const label = labels[index] ?? '';
    const { sign, word, color } = MARKS[mark];
    const gap = ' '.repeat(width - [...label].length + 2);
    const kind = (kinds[index] ?? '').padEnd(kindWidth);
    if (!isLive) return `  ${label}${gap}${paint('dim', kind)}  ${paint('dim', elementId)}`;
    const count = times > 1 ? `×${times} ` : '';
    const text = `  ${paint(color, sign)} ${label}${gap}${paint('dim', kind)}  ${count}${paint(color, word)}`;
    return text.trimEnd();
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['', title, ...lines.map((line) => `  ${printable(line)}`)];
}
