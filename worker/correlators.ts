/**
 * Speaks to correlators: one workflow for each (message name, correlation key) and each signal name, started when it is
 * first spoken to. Their ids hold a keyed hash, for a key may be personal. Class: side effect. Source: docs/design.md D7.
 */
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { Correlators } from '../activities/index.js';
import type {
  BroadcastReply,
  BroadcastRequest,
  MessageCorrelatorStart,
  MessageStart,
  PublishInput,
  PublishReply,
  PublishRequest,
  SignalCorrelatorStart,
  StartOfProcess,
  SubscriptionRequest,
} from '../contracts/correlation.js';
import { CORRELATOR_UPDATES, WORKFLOWS } from '../contracts/names.js';
import { SYSTEM_KEY_ID } from '../contracts/workflow-ids.js';
import { MESSAGE_ID_RETENTION_MS } from '../engine/correlation/index.js';
import type { Variables } from '../engine/model/index.js';
import type { Store } from '../store/index.js';
import type { KeyedHash } from './encryption/index.js';
import { untilTaken } from './grpc-status.js';
import { orWhy } from './refusal.js';
import type { SealedMessages } from './sealed-messages.js';

/** What it leans on. */
export interface CorrelatorDeps {
  readonly client: Client;
  readonly taskQueue: string;
  readonly keyedHash: KeyedHash;
  /** Start events of the latest versions. */
  readonly startsBy: (of: Of, name: string) => Promise<readonly StartOfProcess[]>;
  /** Seals what messages carry; absent: they travel as they are. */
  readonly messages?: SealedMessages;
  /** Whether a process declares personal data. */
  readonly isPersonal?: (processId: string) => Promise<boolean>;
  /** Events of a run after which a correlator continues as new. */
  readonly events: number;
  /** Key that they are under; the deployment's own when absent. */
  readonly keyId?: string;
  /** Instant of a virtual clock, ISO 8601 UTC. Absent: they run by Temporal's. */
  readonly virtualNow?: () => string;
  /** Hears the workflow id of each message correlator that is spoken to. */
  readonly onSpoken?: (workflowId: string) => void;
}

type Of = 'message' | 'signal';

/** Makes the port. */
export function createCorrelators(deps: CorrelatorDeps): Correlators {
  const subscriptions = createSpeaker<void, SubscriptionRequest>(deps);
  const messages = createSpeaker<PublishReply, PublishRequest>(deps);
  const signals = createSpeaker<BroadcastReply, BroadcastRequest>(deps);
  const { open, close, publish, broadcast } = CORRELATOR_UPDATES;
  // Null: the store cannot be asked; what is known then stands.
  const startsOf = (of: Of, name: string) => deps.startsBy(of, name).catch(() => null);
  return {
    open: ({ of, name, key, ...request }) => subscriptions(of, name, key, open, request, null),
    close: ({ of, name, key, workflowId, subscriptionId }) => {
      const place = { processId: '', depth: 0, isInterrupting: false };
      return subscriptions(of, name, key, close, { workflowId, subscriptionId, ...place }, null);
    },
    publish: async (input) => {
      const { name, key, messageId, timeToLive } = input;
      const known = await startsOf('message', name);
      const starts = known && (await Promise.all(known.map((one) => withHold(deps, one, key))));
      const variables = await sealed(deps, input, known ?? []);
      const request = { messageId, timeToLive, variables, starts };
      const updateId = `publish ${messageId} ${idWindow(deps)}`;
      return messages('message', name, key, publish, request, updateId);
    },
    broadcast: async ({ name, ...signal }) => {
      const known = await startsOf('signal', name);
      const starts = known?.map(({ processId, elementId }) => ({ processId, elementId })) ?? null;
      const request = { ...signal, starts };
      return signals('signal', name, '', broadcast, request, `broadcast ${signal.broadcastId}`);
    },
  };
}

/** What a message carries, as it is to travel. */
async function sealed(
  { messages, isPersonal }: CorrelatorDeps,
  message: PublishInput,
  starts: readonly StartOfProcess[],
): Promise<Variables> {
  if (messages === undefined) return message.variables;
  return messages.seal(message, async () => {
    for (const { processId } of starts) if (await isPersonal?.(processId)) return true;
    return false;
  });
}

/**
 * Temporal answers a repeated Update as the first time, also of a run that has closed; an id that is free again (S60) names
 * another message. In one window an id is never free again; in the next the correlator itself knows what it still keeps.
 */
function idWindow({ virtualNow }: CorrelatorDeps): number {
  const nowMs = virtualNow ? Date.parse(virtualNow()) : Date.now();
  return Math.floor(nowMs / MESSAGE_ID_RETENTION_MS);
}

/** Speaks to one correlator by an Update, and starts it when it does not run. */
function createSpeaker<Reply, Request>(deps: CorrelatorDeps) {
  const { client, taskQueue, keyedHash, keyId = SYSTEM_KEY_ID, virtualNow, onSpoken } = deps;
  return async (
    of: Of,
    name: string,
    key: string,
    update: string,
    request: Request,
    updateId: string | null,
  ): Promise<Reply> => {
    const workflowId = await workflowIdOf(deps, of, name, key);
    if (of === 'message') onSpoken?.(workflowId);
    const start = {
      ...{ workflowId, taskQueue, workflowIdConflictPolicy: 'USE_EXISTING' as const },
      args: [argumentOf(of, name, key, deps)] as [ReturnType<typeof argumentOf>],
    };
    const options = {
      args: [virtualNow ? { ...request, at: virtualNow() } : request] as [Request],
      ...(updateId === null ? {} : { updateId: await keyedHash(keyId, `update\n${updateId}`) }),
    };
    // An operation of a start serves once.
    const send = (): Promise<Reply> =>
      client.workflow.executeUpdateWithStart<never, Reply, [Request]>(update, {
        ...options,
        startWorkflowOperation: new WithStartWorkflowOperation(workflowOf(of), start) as never,
      });
    return orWhy(untilTaken(send));
  };
}

async function workflowIdOf(
  { keyedHash, keyId = SYSTEM_KEY_ID }: CorrelatorDeps,
  of: Of,
  name: string,
  key: string,
): Promise<string> {
  const hash = await keyedHash(keyId, `${of}\n${name}\n${key}`);
  return `${of === 'message' ? 'c' : 's'}.${keyId}.${hash}`;
}

/** Where messages of several names start a process, their correlators share the hold on a key (S62). */
async function withHold(
  deps: CorrelatorDeps,
  { processId, elementId, names }: StartOfProcess,
  key: string,
): Promise<MessageStart> {
  const start = { processId, elementId };
  if (key === '' || names.length < 2) return start;
  const { keyedHash, keyId = SYSTEM_KEY_ID } = deps;
  const id = await keyedHash(keyId, `hold\n${processId}\n${key}`);
  const correlators = await Promise.all(
    names.map((name) => workflowIdOf(deps, 'message', name, key)),
  );
  return { ...start, hold: { id, correlators } };
}

function workflowOf(of: Of): string {
  return of === 'message' ? WORKFLOWS.messages : WORKFLOWS.signals;
}

function argumentOf(
  of: Of,
  name: string,
  key: string,
  { events, virtualNow }: CorrelatorDeps,
): MessageCorrelatorStart | SignalCorrelatorStart {
  const start = { name, events, carried: null };
  if (of === 'signal') return start;
  return { ...start, isKeyed: key !== '', ...(virtualNow ? { clock: 'virtual' } : {}) };
}

/** Reads start events of the latest versions from the store. */
export function createStartsBy(processes: StoredStarts): CorrelatorDeps['startsBy'] {
  return async (of, name) => {
    const isMessage = of === 'message';
    const found = await (isMessage ? processes.messageStarts : processes.signalStarts)(name);
    return found.flatMap(({ processId, requirements }) => {
      const starts = isMessage ? requirements.messageStarts : requirements.signalStarts;
      const names = [...new Set(starts.map((start) => start.name))];
      return starts
        .filter((start) => start.name === name)
        .map(({ elementId }) => ({ processId, elementId, names }));
    });
  };
}

type StoredStarts = Pick<Store['definitions']['processes'], 'messageStarts' | 'signalStarts'>;
