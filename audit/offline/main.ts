/**
 * `node audit-verify.mjs [FOLDER] [--checkpoint FILE] [--json]`: checks an exported audit log, or an unpacked case file or range of the
 * log, with nothing but Node.
 * Exit codes: 0 sound, 1 tampered, 2 wrong usage or unreadable. Class: side effect.
 */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { holdsCheckpoint } from '../checkpoint.js';
import { verdictLines } from '../verify/index.js';
import { caseInFolder } from './case-folder.js';
import { signedVerdictLines, verifySigned } from './signed-files.js';
import { verifyFolder } from './verify-folder.js';

async function main(): Promise<number> {
  const options = { checkpoint: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length > 1) throw new Error('one folder is checked at a time');
  const folder = positionals[0] ?? dirname(fileURLToPath(import.meta.url));
  const place = values.checkpoint;
  const source = await caseInFolder(folder);
  if (source) {
    const text = place === undefined ? null : await readKept(place);
    const verdict = await verifySigned(source, text);
    tell(values.json ? [JSON.stringify(verdict)] : signedVerdictLines(verdict));
    return verdict.isSound ? 0 : 1;
  }
  const kept = place === undefined ? [] : [{ place, text: await readKept(place) }];
  const verdict = await verifyFolder(folder, kept);
  tell(values.json ? [JSON.stringify(verdict)] : verdictLines(verdict));
  return verdict.isSound ? 0 : 1;
}

function tell(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function readKept(place: string): Promise<string> {
  const text = await readFile(place, 'utf8');
  if (holdsCheckpoint(text)) return text;
  throw new Error(`there is no checkpoint in '${place}'`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`audit-verify: ${error instanceof Error ? error.message : error}\n`);
  return 2;
});
