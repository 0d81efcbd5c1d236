/** What is left of the story that can be checked: asked of the engine. Class: side effect. */
import type { ClockRow } from '../../contracts/control.js';
import type { Json, Variables } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import type { Played } from './play.js';
import type { ClosedAccess, FetchedExport, Witness } from './witness.js';

/** All of it. */
export interface Proof {
  readonly tasks: readonly {
    readonly name: string;
    readonly processId: string;
    readonly groups: readonly string[];
    readonly by: string;
  }[];
  readonly mails: readonly { readonly to: string; readonly subject: string }[];
  /** Promises of the ticket that were missed. */
  readonly missed: readonly (Pick<
    ClockRow,
    'metric' | 'policy' | 'targetMs' | 'elapsedMs' | 'breachedAt'
  > & { readonly ticketId: string; readonly told: readonly string[] })[];
  readonly accesses: readonly ClosedAccess[];
  readonly export: FetchedExport | null;
  readonly certificate: null | {
    readonly certificateId: string;
    readonly number: number;
    readonly hash: string;
    readonly isSound: boolean;
    readonly keysDestroyed: Json;
  };
}

/** Gathers it. */
export async function proofOf(
  engine: ControlClient,
  witness: Witness,
  played: readonly Played[],
): Promise<Proof> {
  const mails = played.flatMap((one) => one.mails);
  const variables: Variables = Object.assign({}, ...played.map((one) => one.variables));
  return {
    tasks: played
      .flatMap(({ deeds }) => deeds)
      .flatMap(({ task, by }) => (task === null ? [] : [{ ...task, by }])),
    mails: mails.map(({ to, subject }) => ({ to: to.join(', '), subject })),
    missed: await missedOf(engine, variables.ticketId, mails),
    accesses: witness.accesses(),
    export: witness.fetched(),
    certificate: await certificateOf(engine, variables.certificateId),
  };
}

async function missedOf(
  engine: ControlClient,
  ticketId: Json | undefined,
  mails: Played['mails'],
): Promise<Proof['missed']> {
  if (typeof ticketId !== 'string') return [];
  const { clocks } = await engine.call('getTicket', { key: ticketId });
  const number = ticketId.slice(-8).toUpperCase();
  const told = mails
    .filter(({ subject }) => subject.startsWith(`[${number}]`) && subject.includes('%'))
    .map(({ to, subject }) => `${to.join(', ')}: ${subject}`);
  return clocks
    .filter(({ breachedAt }) => breachedAt !== null)
    .map(({ metric, policy, targetMs, elapsedMs, breachedAt }) => ({
      ...{ ticketId, metric, policy, targetMs, elapsedMs, breachedAt, told },
    }));
}

async function certificateOf(
  engine: ControlClient,
  certificateId: Json | undefined,
): Promise<Proof['certificate']> {
  if (typeof certificateId !== 'string') return null;
  const { certificate, hash, isSound } = await engine.call('getCertificate', {
    key: certificateId,
  });
  const { number, keysDestroyed } = certificate;
  return { certificateId, number, hash, isSound, keysDestroyed };
}
