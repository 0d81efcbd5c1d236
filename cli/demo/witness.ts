/**
 * What is looked at while the story runs, because it is gone in the end: the package of an export is removed with its process,
 * the list of accesses is erased with the customer. Class: side effect.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceRow } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import type { ControlClient } from '../../worker/control/client.js';
import { verifyPackage } from '../export-file/verify.js';
import { variablesOf } from './requests.js';

/** An access that was closed, with what shows it. */
export interface ClosedAccess {
  readonly system: string;
  readonly method: string;
  readonly result: string;
  readonly evidenceId: string;
  readonly hash: string;
}

/** The package as the customer keeps it. */
export interface FetchedExport {
  readonly exportId: string;
  /** The copy. */
  readonly file: string;
  readonly manifestSha256: string | null;
  /** Whether every file of it is as its manifest says, and the manifest as the engine says. */
  readonly isWhole: boolean;
  readonly files: number;
  readonly rows: number;
}

/** Hears of what happens. */
export interface Witness {
  /** The customer follows the link to its export. */
  readonly follows: (link: string, exportId: string) => Promise<void>;
  readonly ended: (instance: InstanceRow) => Promise<void>;
  readonly accesses: () => readonly ClosedAccess[];
  readonly fetched: () => FetchedExport | null;
}

/** The customer fetches its package into a folder of its own, which stays. */
export function createWitness(engine: ControlClient): Witness {
  let accesses: readonly ClosedAccess[] = [];
  let fetched: FetchedExport | null = null;
  return {
    follows: async (link, key) => {
      fetched = await fetchExport(engine, link, key);
    },
    ended: async (instance) => {
      if (instance.processId !== 'access-revocation') return;
      const { items } = await variablesOf(engine, instance);
      if (Array.isArray(items)) accesses = items.map(accessOf);
    },
    accesses: () => accesses,
    fetched: () => fetched,
  };
}

const accessOf = (item: Json): ClosedAccess => {
  const text = (name: string): string => String(Object(item)[name] ?? '-');
  return {
    ...{ system: text('system'), method: text('method'), result: text('result') },
    ...{ evidenceId: text('evidenceId'), hash: text('hash') },
  };
};

/** As the page behind the link does: the token travels in the body. */
async function fetchExport(
  engine: ControlClient,
  link: string,
  key: string,
): Promise<FetchedExport | null> {
  const [page = '', token = ''] = link.split('#');
  const answer = await fetch(page, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }),
  });
  if (!answer.ok || answer.body === null) return null;
  const file = join(await mkdtemp(join(tmpdir(), 'jornada-demo-export-')), 'export.zip');
  await writeFile(file, answer.body);
  const { export: row } = await engine.call('getExport', { key });
  const { exportId, manifestSha256 } = row;
  const { isWhole, manifestSha256: found, files, rows } = await verifyPackage(file);
  const isSame = found === manifestSha256;
  return { exportId, file, manifestSha256, isWhole: isWhole && isSame, files, rows };
}
