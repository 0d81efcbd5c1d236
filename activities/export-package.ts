/**
 * `export.package`: makes the package of what was extracted. It is written under a name of its own, and it is the
 * package of the export once the record says so, in one transaction with the ledger: a crash at any moment leaves a
 * file that nobody knows, which the next attempt removes.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { EXPORT } from '../store/index.js';
import { isLastAttempt } from './export/attempt.js';
import {
  customerOf,
  EXPORT_OF,
  EXTRACT,
  type Extract,
  exportOf,
  stagedName,
} from './export/exports.js';
import { packageOf } from './export/package.js';
import { reasonOf } from './export-extract.js';
import { bpmnError, once, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = EXPORT_OF.extend({
  extracts: z.array(EXTRACT).min(1),
  formats: z
    .array(z.enum(['jsonl', 'csv']))
    .min(1)
    .default(['jsonl', 'csv']),
});

/** BPMN error of a package that could not be made. */
export const PACKAGE_FAILED = 'PACKAGE_FAILED';

/**
 * `export.package`: → `{manifestSha256, bytes, rows, isPartial, systems}`. Errors: `PACKAGE_FAILED` (BPMN) once attempts
 * are at their end; until then whatever it was, `EXPORT_DISK_FULL` among it.
 */
export const exportPackage = sideEffect({
  type: 'export.package',
  describes: {
    title: 'Package an export',
    says: 'Makes the package of what was extracted.',
    output: {
      manifestSha256: 'hash of its manifest',
      bytes: 'its size',
      rows: 'rows in it',
      isPartial: 'whether something is missing',
      systems: 'what it holds of each system',
    },
  },
  input: INPUT,
  run: async (input, job, deps) => {
    try {
      return await make(input, job, deps);
    } catch (error) {
      throw isLastAttempt() ? bpmnError(PACKAGE_FAILED, reasonOf(error)) : error;
    }
  },
});

async function make(input: z.infer<typeof INPUT>, job: JobInput, deps: SideEffectDeps) {
  const { exportId, round, customerId, cutOff, extracts } = input;
  const { files, sources, generatorVersion } = deps.exports;
  const made = await deps.effects.get(job.effectKey);
  if (made?.state === 'confirmed') return answerOf(made.response as never, extracts);
  const { keyId, legalName, locale } = await customerOf(deps.record, customerId);
  const { packageFile } = await exportOf(deps.record, customerId, exportId);
  const isKept = (name: string) => name.startsWith(`r${round}.`) || name === packageFile;
  await files.sweep(exportId, isKept);
  const packaging = packageOf({
    ...{ exportId, customerId, legalName, locale, cutOff, generatorVersion, extracts, sources },
    formats: [...new Set(input.formats)].toSorted().toReversed(),
    open: async (system, dataset) => {
      const name = stagedName(round, system, dataset);
      return (await files.read({ exportId, name, keyId })).plain;
    },
  });
  const staged = extracts.flatMap((one) => one.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const name = `package-${randomBytes(8).toString('hex')}.zip`;
  // Text as it is in exports takes a tenth of its size at best, and half of it at worst.
  await files.write({ exportId, name, keyId }, packaging.bytes, Math.ceil(staged / 4));
  const result = { ...packaging.result(), packageFile: name };
  const kept = await once(deps, job, 'export.package', { exportId, round }, async (tx) => {
    const tables = deps.record.within(tx);
    const { version } = await exportOf(tables, customerId, exportId);
    const systems = systemsOf(extracts);
    await tables.table(EXPORT).change([exportId], version, { ...result, systems });
    return result;
  });
  // What was extracted is in the package now; and of two attempts that came this far one was late.
  await files.sweep(exportId, (file) => file === kept.packageFile);
  return answerOf(kept, extracts);
}

interface Kept {
  readonly manifestSha256: string;
  readonly bytes: number;
  readonly rows: number;
}

function answerOf({ manifestSha256, bytes, rows }: Kept, extracts: readonly Extract[]) {
  const isPartial = extracts.some(({ status }) => status === 'partial');
  return { manifestSha256, bytes, rows, isPartial, systems: systemsOf(extracts) };
}

function systemsOf(extracts: readonly Extract[]) {
  return extracts.map(({ id, status, rows, reason }) => ({ id, status, rows, reason }));
}
