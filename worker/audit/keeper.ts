/**
 * Keeps the log of a running engine: anchors journals, signs checkpoints, and brings them to the files. It works beside
 * everything else, and nothing waits for it. Class: side effect.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditLog } from '../../store/index.js';
import { type CheckpointFile, openCheckpointFile } from './checkpoint-file.js';
import { signDue } from './checkpoints.js';
import { type KeyPlace, openSigner } from './signing-keys.js';

/** What a keeper needs. */
export interface KeeperOptions extends KeyPlace {
  /** Files that checkpoints go to: the data folder's own, and another place. */
  readonly files: readonly string[];
  /** Hears what goes wrong, once for each thing. */
  readonly trouble: (error: unknown) => void;
  /** How often it looks, 5 s when absent; null: it works when asked alone. */
  readonly everyMs?: number | null;
}

/** A log that is kept. */
export interface AuditKeeper {
  /** Anchors and signs all there is, and brings it to the files. */
  readonly checkpoint: () => Promise<void>;
  /** Does so a last time, as far as it can within some seconds, and stops. */
  readonly close: () => Promise<void>;
}

const LOOK_MS = 5_000;
/** A database that does not answer does not hold up the end. */
const LAST_MS = 10_000;
/** An entry is covered by a checkpoint after so long at most. */
const ALL_MS = 60_000;

/** Begins to keep a log. */
export function keepAuditLog(options: KeeperOptions): AuditKeeper {
  const files = options.files.map(openCheckpointFile);
  const told = new Set<string>();
  let [running, allAt] = [Promise.resolve(), performance.now()];
  const turn = (isAll: boolean): Promise<void> => {
    const next = running.then(() => round(options, files, isAll));
    running = next.catch(() => {});
    return next;
  };
  let isLooking = false;
  const look = async (): Promise<void> => {
    // A database that does not answer gathers no turns behind it.
    if (isLooking) return;
    isLooking = true;
    const isAll = performance.now() - allAt >= ALL_MS;
    if (isAll) allAt = performance.now();
    await turn(isAll).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      if (!told.has(text)) options.trouble(error);
      told.add(text);
    });
    isLooking = false;
  };
  const { everyMs = LOOK_MS } = options;
  const timer = everyMs === null ? null : setInterval(() => void look(), everyMs).unref();
  return {
    checkpoint: () => turn(true),
    close: async () => {
      if (timer) clearInterval(timer);
      const last = turn(true).catch(options.trouble);
      await Promise.race([last, pause(LAST_MS, undefined, { ref: false })]);
    },
  };
}

async function round(
  options: KeeperOptions,
  files: readonly CheckpointFile[],
  isAll: boolean,
): Promise<void> {
  const { log } = options;
  const signer = await openSigner(options);
  await anchorAll(log, !isAll);
  await signDue(log, signer, isAll);
  for (const file of files) await file.catchUp(log);
}

async function anchorAll(log: AuditLog, isEndedOnly: boolean): Promise<void> {
  while ((await log.anchorJournals(isEndedOnly)) > 0);
}
