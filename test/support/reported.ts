/** Instances whose times are known, so that what reports count of them is known as well. */
import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '../../engine/model/index.js';
import {
  type CustomerRecord,
  type NewCustomer,
  type RowOf,
  type Store,
  TICKET,
  TICKET_SLA_ROW,
} from '../../store/index.js';
import { anInstance, aTask, numbered } from './store.js';

/** Days of this zone have 23 hours once a year: 29 March 2026. */
export const ZONE = 'Europe/Berlin';

/** Three days around that day: 27 March 23:00, 28 March 23:00, 29 March 22:00, 30 March 22:00 UTC. */
export const SPAN = { from: '2026-03-28', to: '2026-03-30', zone: ZONE } as const;

/** When their days begin, and when the last one ends. */
export const BOUNDS = [
  '2026-03-27T23:00:00.000Z',
  '2026-03-28T23:00:00.000Z',
  '2026-03-29T22:00:00.000Z',
  '2026-03-30T22:00:00.000Z',
] as const;

const HOUR = 3_600_000;

/** A life. Instants are short for those of March 2026 in UTC: `28T23:00`. */
interface Life {
  readonly version: number;
  readonly starts: string;
  readonly ends?: readonly [
    kind: 'instanceCompleted' | 'instanceCancelled' | 'instanceFailed',
    at: string,
  ];
  /** The task at its one step: when it was due, when it was over, and how. */
  readonly task?: readonly [
    due: 'dueAt' | 'slaDueAt',
    at: string,
    how: 'taskCompleted' | 'taskCancelled',
    over: string,
  ];
  /** When it was stopped. */
  readonly incidents?: readonly string[];
  /** How often it came to its step. */
  readonly times?: number;
  readonly isSuspended?: true;
  readonly isOfCustomer?: true;
}

/** An instant of March 2026. */
export const march = (short: string): string => new Date(`2026-03-${short}Z`).toISOString();

/** What each is there for stands beside it. */
export const LIVES: Readonly<Record<string, Life>> = {
  // One millisecond before the first day, over in it.
  early: {
    ...{ version: 1, starts: '27T22:59:59.999', ends: ['instanceCompleted', '28T00:00'] },
    task: ['dueAt', '28T12:00', 'taskCompleted', '27T23:30'],
  },
  // On the first instant of a day, over on the first instant of the next; late by what was promised; twice at its step.
  onTheDot: {
    ...{ version: 1, starts: '27T23:00', ends: ['instanceCompleted', '28T23:00'], times: 2 },
    task: ['slaDueAt', '28T10:00', 'taskCompleted', '28T11:00'],
  },
  // Over on the last millisecond of the day that has 23 hours.
  cancelled: {
    ...{ version: 2, starts: '28T22:59:59.999', ends: ['instanceCancelled', '29T21:59:59.999'] },
  },
  // Stopped twice: one instance.
  stopped: { version: 2, starts: '29T22:00', incidents: ['30T10:00', '30T11:00'] },
  // Begins on the last millisecond, over on the first instant that is no part of the time.
  lastMoment: { version: 2, starts: '30T21:59:59.999', ends: ['instanceCompleted', '30T22:00'] },
  // Of a customer who is erased; its task was taken away after its date.
  erased: {
    ...{ version: 1, starts: '26T10:00', ends: ['instanceCompleted', '30T10:00'] },
    task: ['dueAt', '29T10:00', 'taskCancelled', '30T09:00'],
    isOfCustomer: true,
  },
  // Its task was taken away before its date: neither late nor on time.
  without: {
    ...{ version: 2, starts: '28T01:00', ends: ['instanceCompleted', '28T02:00'] },
    task: ['dueAt', '28T12:00', 'taskCancelled', '28T01:30'],
  },
  failed: { version: 2, starts: '28T03:00', ends: ['instanceFailed', '28T04:00'] },
  // Running since before.
  suspended: { version: 1, starts: '20T00:00', isSuspended: true },
};

/** Ids of instances by their names. */
export type Reported = Readonly<Record<keyof typeof LIVES, string>>;

/** Appends them, a start that was refused, and one of another process. @param customerKeyId - of the customer who is erased */
export async function appendLives(
  store: Store,
  processId: string,
  customerKeyId: string,
): Promise<Reported> {
  const ids: Record<string, string> = {};
  for (const [name, life] of Object.entries(LIVES)) {
    const { version, isOfCustomer } = life;
    const instance = anInstance({
      ...{ processId, businessKey: name },
      customerKeyId: isOfCustomer ? customerKeyId : 'system',
      definition: { version, hash: `${processId}-${version}` },
    });
    ids[name] = instance.instanceId;
    await store.journal.append(instance, entriesOf(life));
  }
  const at = march('29T10:00');
  const refused = anInstance({ processId, definition: { version: 2, hash: 'x' } });
  await store.journal.append(refused, numbered([{ kind: 'requestRefused', at }]));
  const other = anInstance({ processId: `${processId}-other` });
  await store.journal.append(other, numbered([{ kind: 'instanceStarted', at }]));
  return ids;
}

const MET_LATER = {
  ...({ state: 'met', fulfilledAt: march('28T09:00'), elapsedMs: 9 * HOUR } as const),
  breachedAt: march('28T02:00'),
};

/** How the clocks of a ticket went: each a list of its rows, the newest last. */
const CLOCKS: readonly (readonly [
  of: keyof typeof LIVES,
  metric: 'first_reply' | 'resolution',
  rows: readonly Partial<RowOf<typeof TICKET_SLA_ROW>>[],
])[] = [
  // Done by its time, after an hour that counts.
  ['early', 'first_reply', [{}, { state: 'met', fulfilledAt: march('28T01:00'), elapsedMs: HOUR }]],
  // Missed, and then kept under a later target: it was missed.
  [
    ...(['early', 'resolution'] as const),
    [{}, { state: 'breached', breachedAt: march('28T02:00') }, MET_LATER],
  ],
  // The first millisecond of another day, in another version.
  ['stopped', 'first_reply', [{ startedAt: BOUNDS[2], state: 'paused' }]],
  // Missed and not done yet.
  ['suspended', 'resolution', [{ state: 'breached', breachedAt: march('28T02:00') }]],
  // Nothing is promised any more.
  ['failed', 'first_reply', [{}, { state: 'withdrawn', breachedAt: march('28T02:00') }]],
  // Before the first day.
  ['without', 'resolution', [{ startedAt: march('27T22:59:59.999') }]],
];

/** Tickets of the instances, with their clocks. */
export async function appendClocks(
  record: CustomerRecord,
  ids: Reported,
  { customer: { customerId }, contact: { contactId } }: NewCustomer,
): Promise<void> {
  const tickets = new Map<string, string>();
  for (const [of, metric, rows] of CLOCKS) {
    const ticketId = tickets.get(of) ?? randomUUID();
    if (!tickets.has(of)) {
      const ticket = {
        ...{ ticketId, customerId, contactId, instanceId: ids[of] ?? null, component: null },
        ...({ type: 'question', priority: 'P3', status: 'open', channel: 'mail' } as const),
        ...{ assigneeId: null, gateDecision: null, incidentId: null, mergedInto: null },
        ...{ followUpOf: null, outcome: null },
      };
      await record.table(TICKET).add([ticket]);
      tickets.set(of, ticketId);
    }
    const clocks = rows.map((row, index) => ({
      ...{ ticketId, metric, number: 1, revision: index + 1, customerId, policy: 'standard' },
      ...({ targetMs: 8 * HOUR, basis: 'business', state: 'running' } as const),
      ...{ startedAt: BOUNDS[0], dueAt: null, fulfilledAt: null, breachedAt: null },
      ...{ elapsedMs: 0, pausedMs: 0, at: BOUNDS[0], why: [], ...row },
    }));
    await record.table(TICKET_SLA_ROW).add(clocks);
  }
}

function entriesOf({
  starts,
  ends,
  task,
  incidents = [],
  times = 1,
  isSuspended,
}: Life): readonly JournalEntry[] {
  const [begin, end] = [march(starts), ends ? march(ends[1]) : null];
  const process = { elementId: 'Process', elementInstanceId: 'Process:1' };
  const step = (n: number) => ({
    ...{ elementId: 'Work', elementInstanceId: `Work:${n + 2}`, scopeId: 'Process:1' },
  });
  const visits = Array.from({ length: times }, (_none, n) => step(n));
  const over = ends?.[0] === 'instanceCompleted' ? 'elementCompleted' : 'elementCancelled';
  return numbered([
    { kind: 'instanceStarted', at: begin },
    { kind: 'elementEntered', ...process, at: begin, data: { kind: 'process', name: 'P' } },
    ...visits.map((visit) => ({
      ...{ kind: 'elementEntered' as const, ...visit, at: begin },
      data: { kind: 'userTask', name: 'Work' },
    })),
    ...(task
      ? [
          {
            ...{ kind: 'taskOpened' as const, ...step(0), at: begin },
            data: aTask({ [task[0]]: march(task[1]) }),
          },
          { kind: task[2], ...step(0), at: march(task[3]), data: { action: null } },
        ]
      : []),
    ...incidents.map((at, n) => ({
      ...{ kind: 'incidentOpened' as const, ...step(0), at: march(at) },
      data: { incidentId: `incident:${n}`, code: 'CONDITION_ERROR', message: 'Expected …' },
    })),
    ...(end === null
      ? []
      : [
          ...visits.map((visit) => ({ kind: over, ...visit, at: end }) as const),
          { kind: over, ...process, at: end } as const,
        ]),
    ...(isSuspended ? [{ kind: 'instanceSuspended' as const, at: begin }] : []),
    ...(ends ? [{ kind: ends[0], at: march(ends[1]) }] : []),
  ]);
}
