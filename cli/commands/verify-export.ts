/**
 * `jornada verify exports FILE`: whether the package of an export is whole; needs no engine.
 * Exit codes: 0 it is, 1 it is not, 2 it cannot be read. Class: side effect.
 */

import { fault } from '../../engine/errors/index.js';
import type { EngineContext } from '../engine-context.js';
import { verifyPackage } from '../export-file/verify.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { printable } from '../table.js';

/** Verifies it. */
export async function verifyExport(
  { terminal }: EngineContext,
  [file = '']: readonly string[],
): Promise<ExitCode> {
  const verdict = await verifyPackage(file).catch((error: Error) => {
    throw new CommandFailure(
      fault('EXPORT_FILE_UNREADABLE', { file, detail: error.message }),
      EXIT.usage,
    );
  });
  if (terminal.isJson) {
    await terminal.data(JSON.stringify(verdict));
    return verdict.isWhole ? EXIT.done : EXIT.failed;
  }
  for (const { system, reason } of verdict.partial) {
    await terminal.data(`partial  ${system}: ${printable(reason ?? 'no reason was given')}`);
  }
  for (const one of verdict.faults) {
    await terminal.data(`wrong    ${printable(one.file || file)}: ${printable(one.fault)}`);
  }
  const { exportId, rows, files, cutOff, manifestSha256 } = verdict;
  await terminal.data(
    verdict.isWhole
      ? `whole    export ${exportId}: ${rows} rows in ${files} files, as of ${cutOff}\n         SHA-256 of its manifest ${manifestSha256}`
      : 'It is not whole: ask for it again.',
  );
  return verdict.isWhole ? EXIT.done : EXIT.failed;
}
