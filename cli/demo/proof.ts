/** What is left of the story that can be checked: asked of the engine, read from files. Class: side effect. */
import { join, resolve } from 'node:path';
import type { ClockRow, TaskRow } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import { type ExportVerdict, verifyPackage } from '../export-file/verify.js';
import type { Played } from './play.js';
import { variablesOf } from './requests.js';

/** An access that was closed, with what shows it. */
export interface ClosedAccess {
  readonly system: string;
  readonly method: string;
  readonly result: string;
  readonly evidenceId: string;
  readonly hash: string;
}

/** All of it. */
export interface Proof {
  readonly tasks: readonly (Pick<TaskRow, 'processId' | 'name' | 'completedBy' | 'endedAt'> & {
    readonly groups: readonly string[];
  })[];
  readonly mails: readonly { readonly to: string; readonly subject: string }[];
  /** Promises of the ticket that were missed. */
  readonly missed: readonly (Pick<
    ClockRow,
    'metric' | 'policy' | 'targetMs' | 'elapsedMs' | 'breachedAt'
  > & { readonly ticketId: string; readonly told: readonly string[] })[];
  readonly accesses: readonly ClosedAccess[];
  readonly export: null | {
    readonly exportId: string;
    readonly file: string;
    readonly manifestSha256: string | null;
    readonly isWhole: boolean;
    readonly rows: number;
  };
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
  folder: string,
  played: readonly Played[],
): Promise<Proof> {
  const trees = played.flatMap(({ tree }) => tree);
  const ids = trees.map(({ instanceId }) => instanceId);
  const tasks = await engine.call('searchTasks', {
    filter: { instanceId: { $in: ids }, state: 'COMPLETED' },
    limit: 1000,
  });
  const mails = played.flatMap((one) => one.mails);
  const variables = Object.assign({}, ...played.map((one) => one.variables));
  const revocation = trees.find(({ processId }) => processId === 'access-revocation');
  const items = revocation ? (await variablesOf(engine, revocation)).items : null;
  return {
    tasks: tasks.items
      .toSorted((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1))
      .map(({ processId, name, completedBy, endedAt, candidateGroups: groups }) => ({
        ...{ processId, name, completedBy, endedAt, groups },
      })),
    mails: mails.map(({ to, subject }) => ({ to: to.join(', '), subject })),
    missed: await missedOf(engine, variables.ticketId, mails),
    accesses: Array.isArray(items) ? items.map(accessOf) : [],
    export: await exportOf(engine, folder, variables.exportId),
    certificate: await certificateOf(engine, variables.certificateId),
  };
}

const accessOf = (item: Json): ClosedAccess => {
  const text = (name: string): string => String(Object(item)[name] ?? '-');
  return {
    ...{ system: text('system'), method: text('method'), result: text('result') },
    ...{ evidenceId: text('evidenceId'), hash: text('hash') },
  };
};

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

async function exportOf(
  engine: ControlClient,
  folder: string,
  exportId: Json | undefined,
): Promise<Proof['export']> {
  if (typeof exportId !== 'string') return null;
  const { export: row } = await engine.call('getExport', { key: exportId });
  if (row.packageFile === null) return null;
  const file = join(resolve(folder), 'exports', row.packageFile);
  const verdict: ExportVerdict | null = await verifyPackage(file).catch(() => null);
  const { manifestSha256 } = row;
  const isWhole = verdict?.isWhole === true && verdict.manifestSha256 === manifestSha256;
  return { exportId, file, manifestSha256, isWhole, rows: verdict?.rows ?? 0 };
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
