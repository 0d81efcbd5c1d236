/**
 * Tickets on the real engine, with real mail: how many are opened and answered a second, and what thousands of open ones cost
 * that wait for a person and for the alarms of their promises: memory of the worker, a restart, an update to one of them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Variables } from '../../engine/model/index.js';
import { EngineRefusal } from '../../worker/refusal.js';
import { median } from './temporal/measure.js';
import { openTicketPlace, type TicketPlace } from './tickets/place.js';
import { figure, table } from './timing.js';

/** Tickets that are opened and answered at each stage. */
const ANSWERED = Number(process.env.JORNADA_BENCH_ANSWERED ?? 100);
/** Tickets that stay open in the end; half of them, and a tenth, are stages before. */
const OPEN = Number(process.env.JORNADA_BENCH_TICKETS ?? 10_000);
/** Runs that the worker keeps in memory; 0: as the SDK chooses. */
const KEPT = Number(process.env.JORNADA_BENCH_KEPT ?? 0);
const IN_FLIGHT = Number(process.env.JORNADA_BENCH_IN_FLIGHT ?? 10);
/** Updates whose times make the percentiles. */
const UPDATES = 200;

/** Tickets between two lines that tell how far it is. */
const TOLD = 500;

/** Prints all of it. */
export async function benchTickets(): Promise<void> {
  const place = await openTicketPlace(KEPT);
  try {
    const rows = [HEAD];
    const open: string[] = [];
    await answerMany(place, IN_FLIGHT);
    for (const wanted of [0, Math.round(OPEN / 10), Math.round(OPEN / 2), OPEN]) {
      const opening = await openMany(place, wanted - open.length, open);
      rows.push(await stage(place, open, opening));
    }
    console.log(
      `support tickets on a Temporal server in memory, PostgreSQL and a mail server, one worker process;\n` +
        `${ANSWERED} opened, triaged, answered by mail, ${IN_FLIGHT} in flight, beside those that wait open; CPU ms of a ticket\n` +
        table(rows),
    );
    await restart(place, open);
  } finally {
    await place.close();
  }
}

const HEAD = [
  ...['open', 'opened/s', 'answered/s', 'CPU worker', 'server'],
  ...['update p50 ms', 'p95 ms', 'worker MiB', 'main heap MiB'],
];

/** What one ticket costs beside so many that wait. */
async function stage(
  place: TicketPlace,
  open: readonly string[],
  opening: number,
): Promise<string[]> {
  const before = { use: await place.use(), server: place.serverCpu() };
  const began = performance.now();
  await answerMany(place, ANSWERED);
  const seconds = (performance.now() - began) / 1000;
  const after = { use: await place.use(), server: place.serverCpu() };
  const each = (from: number, to: number): string => figure(((to - from) * 1000) / ANSWERED);
  const times = open.length > 0 ? await updateSome(place, open) : [];
  return [
    ...[String(open.length), open.length > 0 ? figure(opening) : '-', figure(ANSWERED / seconds)],
    ...[each(before.use.cpu, after.use.cpu), each(before.server, after.server)],
    ...[at(times, 0.5), at(times, 0.95), mib(after.use.rss), mib(after.use.heapUsed)],
  ];
}

/** A killed worker: how long nobody answers. */
async function restart(place: TicketPlace, open: readonly string[]): Promise<void> {
  const [one = ''] = open;
  if (one === '') return;
  const began = performance.now();
  const ready = await place.restart();
  await note(place, one);
  const answered = performance.now() - began;
  const times = await updateSome(place, open);
  const use = await place.use();
  console.log(
    `\n  a killed worker       ready again after ${seconds(ready)} s, a ticket answers ${seconds(answered)} s after the kill\n` +
      `  updates after that    p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms; the worker has ${mib(use.rss)} MiB\n`,
  );
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const mib = (bytes: number): string => String(Math.round(bytes / 1024 / 1024));
const at = (times: readonly number[], part: number): string =>
  times.length === 0
    ? '-'
    : part === 0.5
      ? figure(median(times))
      : figure(times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0);

let messages = 0;

/** Hands a mail over, as a channel does. @returns its instance */
async function receive({ engine, mail }: TicketPlace, pace: string): Promise<string> {
  messages += 1;
  const messageId = `m-${messages}`;
  const variables: Variables = {
    ...{ messageId, channel: 'mail', from: { name: 'Ana', mail }, pace },
    ...{ subject: 'Relatório', body: 'Erro ao salvar' },
  };
  const message = { name: 'ticket.received', key: messageId, variables, timeToLive: 'PT1H' };
  for (;;) {
    const { started } = await engine.publish({ ...message, messageId }).catch(unlessLate);
    const [instance] = started;
    if (instance) return instance.instanceId;
  }
}

/** Who is not answered in time asks again, under the same id. */
function unlessLate(error: unknown): { readonly started: readonly [] } {
  if (error instanceof EngineRefusal && error.code === 'WORKER_UNAVAILABLE') return { started: [] };
  throw error;
}

const TRIAGED = {
  ...{ decision: 'ticket', ticketType: 'problem', component: 'product' },
  ...{ impact: 'one user', urgency: 'hampered' },
};

/** Completes a task of an instance as soon as it is there. */
async function complete(
  { engine, store }: TicketPlace,
  instanceId: string,
  elementId: string,
  variables: Variables,
): Promise<void> {
  for (;;) {
    const filter = { instanceId, elementId, state: 'CREATED' as const };
    const [task] = (await store.userTasks.search({ filter, limit: 1 })).items;
    if (task) {
      const command = { instanceId, taskId: task.taskId, action: null, variables };
      const answer = await engine.completeTask({ ...command, requestId: null, actor: 'rui' });
      if (answer.ok) return;
      // Nobody answered in time, or something else came of the ticket and another task stands in the place of this one.
      if (!['WORKER_UNAVAILABLE', 'TASK_UNKNOWN'].includes(answer.code ?? '')) {
        throw new Error(`${elementId}: ${answer.code}`);
      }
    }
    await pause(20);
  }
}

/** Opened, triaged, answered; the ticket then waits until it is closed, as one does for days. */
async function answer(place: TicketPlace): Promise<void> {
  const instanceId = await receive(place, 'normal');
  await complete(place, instanceId, 'triage', TRIAGED);
  await complete(place, instanceId, 'work', { decision: 'solve', answer: 'Corrigido.' });
}

/** All of them, and their mails with the answers: what a customer waits for. */
async function answerMany(place: TicketPlace, count: number): Promise<void> {
  const before = (await place.catcher.mailbox.ids()).length;
  await inFlight(count, () => answer(place));
  // one that it came, one with the answer
  while ((await place.catcher.mailbox.ids()).length < before + count * 2) await pause(20);
}

/** Opens tickets that wait for their triage and for their alarms. @returns how many a second */
async function openMany(place: TicketPlace, count: number, open: string[]): Promise<number> {
  if (count <= 0) return 0;
  const began = performance.now();
  await inFlight(count, async () => {
    const instanceId = await receive(place, 'normal');
    open.push(instanceId);
    if (open.length % TOLD === 0) await tell(place, open);
  });
  const filter = { elementId: 'triage', state: 'CREATED' as const };
  for (;;) {
    const { total } = await place.store.userTasks.search({ filter, limit: 1, withTotal: true });
    if ((total?.count ?? 0) >= open.length || total?.isExact === false) break;
    await pause(100);
  }
  return count / ((performance.now() - began) / 1000);
}

/** Half an hour without a word would look like a standstill. */
async function tell(place: TicketPlace, open: readonly string[]): Promise<void> {
  const { rss, heapUsed } = await place.use();
  console.error(
    `${open.length} open tickets, worker ${mib(rss)} MiB, main heap ${mib(heapUsed)} MiB`,
  );
}

/** An update to one of them: somebody takes the task. */
async function note({ engine, store }: TicketPlace, instanceId: string): Promise<void> {
  const filter = { instanceId, elementId: 'triage', state: 'CREATED' as const };
  const [task] = (await store.userTasks.search({ filter, limit: 1 })).items;
  if (!task) throw new Error('a ticket that waits has no task');
  const command = { instanceId, taskId: task.taskId, assignee: 'rui', mayReassign: true };
  const reply = await engine.assignTask({ ...command, requestId: null, actor: 'rui' });
  if (!reply.ok) throw new Error(`the ticket said ${reply.code}`);
}

/** @returns milliseconds of each of some updates, to tickets from everywhere among those that wait */
async function updateSome(place: TicketPlace, open: readonly string[]): Promise<readonly number[]> {
  const count = Math.min(UPDATES, open.length);
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const instanceId = open[Math.floor((index * open.length) / count)] ?? '';
    const began = performance.now();
    await note(place, instanceId);
    times.push(performance.now() - began);
  }
  return times;
}

async function inFlight(count: number, work: () => Promise<void>): Promise<void> {
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, runner));
}
