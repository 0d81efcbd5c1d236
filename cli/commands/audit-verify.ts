/**
 * `jornada audit verify [FOLDER | FILE.zip]`: whether the audit log is as it was written, in the engine's store or in an
 * export; or whether a case file, or a range of the log, is as it was made.
 * Exit codes: 0 sound, 1 tampered, 2 wrong usage or unreadable. Class: side effect.
 */
import { readFile } from 'node:fs/promises';
import { holdsCheckpoint, type Verdict, verdictLines } from '../../audit/index.js';
import { signedVerdictLines, verifyFolder } from '../../audit/offline/index.js';
import { EngineNotRunning } from '../../worker/control/client.js';
import { withAuditOf } from '../../worker/start/audit-offline.js';
import { openCase, verifyCaseFile } from '../case-file.js';
import { type EngineContext, failed, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { refuseOptions } from './audit-options.js';

/** Checks it, and tells what it checked and what no check can see. */
export async function auditVerify(
  context: EngineContext,
  [folder = null, ...more]: readonly (string | null)[],
): Promise<ExitCode> {
  const { terminal, options } = context;
  if (more.length > 0) throw misuse('one folder or file to verify', `there is '${more[0]}' too`);
  refuseOptions(options, ['checkpoint']);
  const place = textOption(options, 'checkpoint');
  const kept = place === null ? [] : [{ place, text: await readKept(place) }];
  terminal.progress('verifying …');
  const source = folder === null ? null : await openCase(folder).catch(unreadable('a case file'));
  if (source) {
    const verdict = await verifyCaseFile(source, kept[0]?.text ?? null).catch(
      unreadable('a case file'),
    );
    await tell(terminal, verdict, signedVerdictLines(verdict));
    return verdict.isSound ? EXIT.done : EXIT.failed;
  }
  const verdict = await (folder === null
    ? verifyEngine(context, kept)
    : verifyExport(folder, kept));
  await tell(terminal, verdict, verdictLines(verdict));
  return verdict.isSound ? EXIT.done : EXIT.failed;
}

async function tell(
  terminal: EngineContext['terminal'],
  verdict: object,
  lines: readonly string[],
): Promise<void> {
  for (const line of terminal.isJson ? [JSON.stringify(verdict)] : lines) await terminal.data(line);
}

interface Kept {
  readonly place: string;
  readonly text: string;
}

async function readKept(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(unreadable('a file of checkpoints'));
  if (holdsCheckpoint(text)) return text;
  return unreadable('a file of checkpoints')(new Error(`there is none in '${file}'`));
}

/** The running engine reads its own store; where none runs, the store is opened here. */
async function verifyEngine(
  { client, folder, environment }: EngineContext,
  kept: readonly Kept[],
): Promise<Verdict> {
  try {
    return await client.call('verifyAudit', { kept: [...kept] });
  } catch (error) {
    if (!(error instanceof EngineNotRunning)) unreadable('an audit log')(error);
  }
  return withAuditOf(folder, environment, ({ verify }) => verify(kept)).catch(
    unreadable('an audit log'),
  );
}

async function verifyExport(folder: string, kept: readonly Kept[]): Promise<Verdict> {
  return verifyFolder(folder, kept).catch(unreadable('an exported log'));
}

function unreadable(what: string): (error: unknown) => never {
  return (error) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw failed('AUDIT_UNREADABLE', { what, detail }, EXIT.usage);
  };
}
