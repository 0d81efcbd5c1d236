/**
 * Sends a mail once: a row of the ledger is written before the wire and confirmed after. Where nobody can tell
 * whether the mail went, its class decides: a person is asked, or it is sent again.
 * Class: side effect. Source: docs/design.md D12, SMTP, RFC 5321 §4.5.4.
 */
import { ApplicationFailure } from '@temporalio/common';
import { explain } from '../../engine/errors/index.js';
import { isContext, type Json } from '../../engine/model/index.js';
import type { EffectRecord, Effects, Lease } from '../../store/index.js';
import { beginEffect } from '../begin-effect.js';
import { MAIL_CONNECTOR } from '../connectors.js';
import { codeOf } from '../failures.js';
import { mailAddress } from './fields.js';
import { type Envelope, type Handover, handOver, type SmtpTarget } from './smtp.js';

/** A mail to be sent. */
export interface Sending {
  /** The key of the job's effect. */
  readonly effectKey: string;
  /** Customer key of the instance that sends it. */
  readonly customerKeyId: string;
  readonly instanceId: string;
  readonly kind: string;
  /** Address of the recipient: another recipient is another effect. */
  readonly to: string;
  /** What makes this mail this mail; another request under the same key is a conflict. */
  readonly request: Json;
  /** What to do when an earlier attempt may have sent it: ask a person, or send it again. */
  readonly whenUnknown: 'ask' | 'resend';
  /** Composes the mail under its key; called only when it goes out. */
  readonly compose: (key: string) => Promise<Envelope>;
}

/** What sending leans on. */
export interface SendDeps {
  readonly effects: Effects;
  readonly smtp: SmtpTarget;
  /** A keyed hash: of an address it tells nothing. */
  readonly fingerprint: (text: string) => Promise<string>;
  readonly now: () => number;
}

/** What is known of a mail that a server took. */
export interface Sent {
  readonly messageKey: string;
  readonly sentAt: string;
}

/** Longer than a handover takes with all its time-outs. */
const HOLD_MS = 120_000;

/**
 * Errors: `EMAIL_FIELD_INVALID`, `EMAIL_REFUSED`, `EMAIL_OUTCOME_UNKNOWN` (for good), `EMAIL_UNAVAILABLE` (tried
 * again); those of the ledger.
 */
export async function sendOnce(deps: SendDeps, sending: Sending): Promise<Sent> {
  const to = mailAddress('recipient', sending.to);
  const { effects } = deps;
  const { effectKey, customerKeyId, instanceId, kind, request } = sending;
  // The key is kept for good, and an address is soon guessed from its mere hash.
  const key = `${effectKey}.${(await deps.fingerprint(`mail\n${to}`)).slice(0, 16)}`;
  const begun = await beginEffect(
    effects,
    { effectKey: key, customerKeyId, instanceId },
    {
      ...{
        kind,
        connector: MAIL_CONNECTOR,
        request,
        holdMs: HOLD_MS,
        isRepeatable: sending.whenUnknown === 'resend',
      },
      unknownOutcome: () => unknownOutcome(key),
    },
  );
  if (begun.isDone) return sentOf(key, begun.row);
  const { lease } = begun;
  const mail = await sending.compose(key);
  await effects.sent(lease);
  const handover = await handOver(deps.smtp, mail);
  if (handover.kind === 'accepted') {
    const sent = { messageKey: key, sentAt: new Date(deps.now()).toISOString() };
    await effects.confirm(lease, { ...sent });
    return sent;
  }
  const isAsked = handover.kind === 'unknown' && sending.whenUnknown === 'ask';
  const failure = failureOf(key, handover, isAsked);
  await settle(effects, lease, handover, isAsked, codeOf(failure));
  throw failure;
}

/** A mail that a person counted as sent has no answer of a server. */
function sentOf(key: string, { response, updatedAt }: EffectRecord): Sent {
  const known = isContext(response) ? response : {};
  const { sentAt } = known;
  return { messageKey: key, sentAt: typeof sentAt === 'string' ? sentAt : updatedAt };
}

/** Leaves the effect so that the next attempt finds it free, or a person finds it unknown. */
async function settle(
  effects: Effects,
  lease: Lease,
  { kind }: Handover,
  isAsked: boolean,
  code = '',
): Promise<void> {
  if (isAsked) return effects.unknown(lease, code);
  if (kind === 'unknown') return effects.failed(lease, code);
  await effects.notSent(lease, code);
}

function failureOf(
  key: string,
  handover: Exclude<Handover, { readonly kind: 'accepted' }>,
  isAsked: boolean,
): ApplicationFailure {
  if (handover.kind === 'refused' && handover.isFinal) {
    const message = explain('EMAIL_REFUSED', { status: handover.status });
    return ApplicationFailure.nonRetryable(message, 'EMAIL_REFUSED');
  }
  if (isAsked) return unknownOutcome(key);
  const detail = DETAILS[handover.kind](handover as never);
  const message = explain('EMAIL_UNAVAILABLE', { detail });
  return ApplicationFailure.create({ type: 'EMAIL_UNAVAILABLE', message });
}

const DETAILS = {
  refused: ({ status }: { readonly status: number }) => `it asked to come again later (${status})`,
  unreachable: ({ detail }: { readonly detail: string }) => `it was not reached (${detail})`,
  unknown: () => 'the connection ended before its answer',
};

function unknownOutcome(key: string): ApplicationFailure {
  const message = explain('EMAIL_OUTCOME_UNKNOWN', { key });
  return ApplicationFailure.nonRetryable(message, 'EMAIL_OUTCOME_UNKNOWN');
}
