/**
 * Tells people by mail of tasks that they can decide by a press. What is to be told stands in the store, so any process goes on
 * where another died. Class: side effect.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { HeldTaskMail } from '../../store/index.js';
import { recipientsOf } from './recipients.js';
import { type SendParts, sendTaskMail } from './send.js';

/** What it leans on. */
export interface TaskMailParts extends SendParts {
  readonly trouble: (error: unknown) => void;
}

/** Sees to it. */
export interface TaskMailCare {
  /** Waits for what is under way. */
  readonly close: () => Promise<void>;
}

/** Between two looks. */
const LOOK_MS = 1_000;
/** Events that are looked at together. */
const PAGE = 500;
/** Mails that are sent at a time. */
const AT_A_TIME = 5;
/** Longer than a mail takes: then whoever had it is gone. */
const HOLD_MS = 180_000;
/** Mails that a person gets in an hour; of what is more the inbox tells. */
const MOST_AN_HOUR = 20;
/** After each try that failed; there is none after the last. */
const PAUSES_MS = [60_000, 5 * 60_000, 30 * 60_000];

/** Begins. */
export function careForTaskMails(parts: TaskMailParts): TaskMailCare {
  const ending = new AbortController();
  const running = (async () => {
    while (!ending.signal.aborted) {
      await look(parts, ending.signal).catch(parts.trouble);
      await pause(LOOK_MS, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    close: async () => {
      ending.abort();
      await running;
    },
  };
}

async function look(parts: TaskMailParts, ending: AbortSignal): Promise<void> {
  const { store } = parts.camunda;
  await store.events.advance();
  while (!ending.aborted && (await noteNext(parts))) {}
  while (!ending.aborted && (await sendNext(parts))) {}
}

const at = ({ now }: TaskMailParts, afterMs = 0): string => new Date(now() + afterMs).toISOString();

/** Sends some of what is due. @returns whether there was any */
async function sendNext(parts: TaskMailParts): Promise<boolean> {
  const { mails } = parts.camunda.store.inbox;
  const how = { at: at(parts), until: at(parts, HOLD_MS), limit: AT_A_TIME };
  const held = await mails.hold(how);
  await Promise.all(held.map((one) => send(parts, one)));
  return held.length > 0;
}

/** Goes on by a page of events. @returns whether there may be more */
async function noteNext(parts: TaskMailParts): Promise<boolean> {
  const { store, registry } = parts.camunda;
  const { mails } = store.inbox;
  const after = await mails.lookedAt();
  const events = await store.events.after(after, PAGE);
  const last = events.at(-1);
  if (!last) return false;
  const told = await recipientsOf({ store, registry }, events, parts.now());
  await mails.enqueue({ after, upTo: last.number }, told, at(parts), MOST_AN_HOUR);
  return events.length === PAGE;
}

async function send(parts: TaskMailParts, held: HeldTaskMail): Promise<void> {
  const { mails } = parts.camunda.store.inbox;
  try {
    await sendTaskMail(parts, held);
    await mails.settle(held, null);
  } catch (error) {
    const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
    const wait = isFinal ? undefined : PAUSES_MS[held.tries - 1];
    await mails.settle(held, wait === undefined ? null : at(parts, wait));
    parts.trouble(error);
  }
}
