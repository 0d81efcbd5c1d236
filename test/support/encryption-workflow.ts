/**
 * A workflow that sends a canary through every path by which data can reach Temporal. The word after `canary-` names
 * the path, so that a canary that is found tells who leaked it.
 */
import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  makeContinueAsNewFunc,
  ParentClosePolicy,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';

/** Activities of the test; each echoes what it got and adds a canary of its own. */
export interface EncryptionActivities {
  echo(text: string, result: string): Promise<string>;
  heartbeats(details: string, message: string): Promise<string>;
  fails(message: string, details: string, cause: string): Promise<never>;
  completedElsewhere(text: string): Promise<string>;
  waitsForRelease(text: string): Promise<string>;
}

/** Input of a run: what ends each canary, and what the run before has seen. */
export interface Paths {
  readonly suffix: string;
  readonly round: number;
  readonly carried: string;
  readonly seen: readonly string[];
}

export const ask = defineUpdate<string, [string]>('ask');
export const tell = defineSignal<[string]>('tell');
export const look = defineQuery<string, [string]>('look');
export const report = defineSignal<[string]>('report');

const retryTwice = { maximumAttempts: 2, initialInterval: '10ms' } as const;
const acts = proxyActivities<EncryptionActivities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '10s',
  retry: retryTwice,
});
const local = proxyLocalActivities<EncryptionActivities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

function textOf(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) parts.push(at.message);
  return parts.join(' < ');
}

async function messageOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'no failure';
  } catch (error) {
    return textOf(error);
  }
}

/** Goes through all paths twice, once in each run. */
export async function everyPath({ suffix, round, carried, seen }: Paths): Promise<string[]> {
  const say = (path: string): string => `canary-${path}-${suffix}`;
  const all = [...seen, carried];
  const told: string[] = [];
  setHandler(tell, (text) => {
    told.push(text);
  });
  setHandler(report, (text) => {
    told.push(text);
  });
  setHandler(look, (text) => `${text} ${say('query-result')}`);
  setHandler(
    ask,
    (text) => {
      told.push(text);
      if (text.includes('fail'))
        throw ApplicationFailure.create({ message: say('update-failure') });
      return say('update-result');
    },
    {
      validator: (text) => {
        if (text.includes('refuse')) throw ApplicationFailure.create({ message: say('refusal') });
      },
    },
  );
  if (round === 2) throw lastFailure(say, all);

  await condition(() => told.length >= 3);
  all.push(...told);
  all.push(await acts.echo(say('activity-argument'), say('activity-result')));
  all.push(await acts.heartbeats(say('heartbeat'), say('retried-failure')));
  all.push(await acts.completedElsewhere(say('elsewhere-argument')));
  all.push(await messageOf(() => failActivity(acts, say, 'activity')));
  all.push(await local.echo(say('local-argument'), say('local-result')));
  all.push(await messageOf(() => failActivity(local, say, 'local')));
  await sleep(5, { summary: say('timer-summary') });
  upsertMemo({ note: say('upserted-memo') });
  upsertSearchAttributes({ instanceState: ['running'] });
  all.push(await child(say, 'completes'));
  all.push(await messageOf(() => child(say, 'fails')));
  await condition(() => told.some((text) => text.includes('from-child')));
  all.push(...told.filter((text) => text.includes('from-child')));
  const again = makeContinueAsNewFunc<typeof everyPath>({ memo: { kept: say('next-memo') } });
  return again({ suffix, round: 2, carried: say('carried-over'), seen: all });
}

function failActivity(
  by: Pick<EncryptionActivities, 'fails'>,
  say: (path: string) => string,
  path: string,
): Promise<never> {
  return by.fails(say(`${path}-failure`), say(`${path}-details`), say(`${path}-cause`));
}

function child(say: (path: string) => string, ending: 'completes' | 'fails'): Promise<string> {
  const { workflowId } = workflowInfo();
  return executeChild(childPath, {
    workflowId: `${workflowId}.${ending}`,
    args: [{ parent: workflowId, ending, text: say('child-argument'), reply: say('from-child') }],
    memo: { note: say('child-memo') },
    staticSummary: say('child-summary'),
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
}

function lastFailure(say: (path: string) => string, all: string[]): ApplicationFailure {
  const cause = new Error(say('last-cause'));
  return ApplicationFailure.create({ message: say('last-failure'), details: [all], cause });
}

/** A child: reports to its parent by an external signal, then completes or fails. */
export async function childPath(input: {
  readonly parent: string;
  readonly ending: 'completes' | 'fails';
  readonly text: string;
  readonly reply: string;
}): Promise<string> {
  if (input.ending === 'fails') {
    throw ApplicationFailure.nonRetryable(input.reply.replace('from-child', 'child-failure'));
  }
  await getExternalWorkflowHandle(input.parent).signal(report, input.reply);
  return input.reply.replace('from-child', 'child-result');
}

/** A bug: a plain error fails the workflow task and not the workflow. */
export async function buggy(text: string): Promise<void> {
  throw new Error(text);
}

/** Echoes, for starts by schedule, by signal and by update. */
export async function echoes(text: string): Promise<string> {
  const told: string[] = [];
  setHandler(tell, (more) => {
    told.push(more);
  });
  setHandler(ask, (more) => {
    told.push(more);
    return text;
  });
  await condition(() => told.length > 0 || text.includes('schedule'), '30s');
  return `${text} ${told.join(' ')}`;
}

/** Waits for an activity that the test releases. */
export async function waits(text: string): Promise<string> {
  return acts.waitsForRelease(text);
}
