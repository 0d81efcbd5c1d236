/** A log of the audit that is kept as an engine keeps it, in a folder of its own, and means to tamper with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import type { Verdict } from '../../audit/index.js';
import type { Act, Store } from '../../store/index.js';
import { type AuditKeeper, keepAuditLog, verifyAudit } from '../../worker/audit/index.js';
import { fixedKeys } from './fixed-keys.js';

/** An act; `changes` tell what differs. */
export const anAct = (changes: Partial<Act> = {}): Act => ({
  at: '2026-03-02T12:00:00.000Z',
  actor: 'ana',
  action: 'task.complete',
  object: 'task:i/T:1',
  outcome: 'done',
  code: null,
  requestId: 'r-1',
  reason: null,
  data: { action: 'approve' },
  ...changes,
});

/** A log that is kept when it is told to. */
export interface KeptLog {
  readonly folder: string;
  /** Folder of its keys. */
  readonly keys: string;
  readonly checkpoints: string;
  readonly keeper: AuditKeeper;
  readonly verify: (checkpoint?: string) => Promise<Verdict>;
  /** Runs statements as somebody does who may do everything in the database. */
  readonly tamper: (...statements: readonly (SQL | string)[]) => Promise<void>;
  readonly discard: () => void;
}

let tamperings = 0;

/** Keeps the log of a store in a folder of its own; `everyMs` null: when it is told to. */
export function keepLog(store: Store, everyMs: number | null = null): KeptLog {
  return keepLogIn(store, mkdtempSync(join(tmpdir(), 'jornada-audit-')), everyMs);
}

/** Keeps the log of a store in a folder. */
export function keepLogIn(store: Store, folder: string, everyMs: number | null = null): KeptLog {
  const keys = join(folder, 'keys');
  const checkpoints = join(folder, 'checkpoints.log');
  const keeper = keepAuditLog({
    log: store.audit.log,
    keyProvider: fixedKeys(),
    folder: keys,
    files: [checkpoints],
    trouble: () => {},
    everyMs,
  });
  return {
    folder,
    keys,
    checkpoints,
    keeper,
    verify: (text) =>
      verifyAudit(
        { store, checkpoints, anchor: null },
        text === undefined ? [] : [{ place: 'kept.txt', text }],
      ),
    tamper: async (...statements) => {
      tamperings += 1;
      const key = `tampering ${process.pid} ${tamperings}`;
      await store.effects.runOnce(key, 'test', 'r', async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        for (const one of statements)
          await tx.execute(typeof one === 'string' ? sql.raw(one) : one);
        return null;
      });
    },
    discard: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const TABLES = [
  'audit',
  'audit_personal',
  'audit_checkpoints',
  'audit_log',
  'journal',
  'journal_anchors',
  'journal_moved',
];

/** Statements that remember all of a log. */
export const REMEMBER = TABLES.map((table) => `create table kept_${table} as table ${table}`);

/** Statements that bring it back. */
export const BRING_BACK = TABLES.flatMap((table) => [
  `delete from ${table}`,
  `insert into ${table} overriding system value table kept_${table}`,
]);
