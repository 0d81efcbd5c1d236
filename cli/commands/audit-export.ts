/**
 * `jornada audit export FOLDER`: the log, its checkpoints and its public key, with a program that checks them offline.
 * Class: side effect.
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { OperationOutput } from '../../contracts/control.js';
import { bundleVerifier } from '../../worker/audit/index.js';
import { EngineNotRunning } from '../../worker/control/client.js';
import { withAuditOf } from '../../worker/start/audit-offline.js';
import { type EngineContext, misuse } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { refuseOptions } from './audit-options.js';

/** Name of the program in an export. */
export const VERIFIER = 'audit-verify.mjs';

export { bundleVerifier };

/** Exports it. */
export async function auditExport(
  context: EngineContext,
  [folder = null, ...more]: readonly (string | null)[],
): Promise<ExitCode> {
  const { terminal, options } = context;
  if (folder === null) throw misuse('a folder to export to', 'it is missing');
  if (more.length > 0) throw misuse('one folder to export to', `there is '${more[0]}' too`);
  refuseOptions(options, []);
  terminal.progress('exporting …');
  const exported = await exportTo(context, resolve(folder));
  await writeFile(join(exported.folder, VERIFIER), await bundleVerifier());
  await terminal.data(
    terminal.isJson
      ? JSON.stringify(exported)
      : `exported ${exported.entries} entries and ${exported.checkpoints} checkpoints to ${exported.folder}; check them with: node ${join(exported.folder, VERIFIER)}`,
  );
  return EXIT.done;
}

async function exportTo(
  { client, folder, environment }: EngineContext,
  target: string,
): Promise<OperationOutput<'exportAudit'>> {
  try {
    return await client.call('exportAudit', { folder: target });
  } catch (error) {
    if (!(error instanceof EngineNotRunning)) throw error;
  }
  return withAuditOf(folder, environment, (audit) => audit.export(target));
}
