/**
 * `export.extract`: reads what one system holds of a customer, as of the cut-off, into sealed files. Whatever it was
 * that failed at the last attempt, a person decides: try again, or go on without this system and say so.
 */
import { ApplicationFailure } from '@temporalio/common';
import * as z from 'zod';
import { StoreFailure } from '../store/index.js';
import { beat, isLastAttempt } from './export/attempt.js';
import { customerOf, EXPORT_OF, type Extract, stagedName } from './export/exports.js';
import { batched } from './export/formats/batched.js';
import { jsonLine } from './export/formats/json-lines.js';
import type { Dataset, Subject } from './export/source.js';
import { bpmnError, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = EXPORT_OF.extend({ system: z.string(), hidesStaff: z.boolean().default(true) });

/** BPMN error of a system that could not be read. */
export const EXTRACT_FAILED = 'EXTRACT_FAILED';

/**
 * `export.extract`: → `{extract: {id, status, rows, reason, files}}`. Errors: `EXTRACT_FAILED` (BPMN) once attempts
 * are at their end; until then whatever it was, `EXPORT_DISK_FULL` among it.
 */
export const exportExtract = sideEffect({
  type: 'export.extract',
  describes: {
    title: 'Extract data',
    says: 'Reads what one system holds of a customer, as of the cut-off.',
    output: { extract: 'what was extracted' },
  },
  input: INPUT,
  run: async (input, _job, deps) => {
    try {
      return { extract: await extract(input, deps) };
    } catch (error) {
      throw isLastAttempt() ? bpmnError(EXTRACT_FAILED, reasonOf(error)) : error;
    }
  },
});

async function extract(
  { customerId, exportId, round, cutOff, system, hidesStaff }: z.infer<typeof INPUT>,
  { exports, record }: SideEffectDeps,
): Promise<Extract> {
  const source = exports.sources.find(({ id }) => id === system);
  if (!source) throw new Error(`There is no system '${system}'.`);
  const { keyId } = await customerOf(record, customerId);
  const of: Subject = { customerId, keyId, cutOff, hidesStaff };
  const files: Extract['files'] = [];
  for (const dataset of source.datasets) {
    const counted = { rows: 0, bytes: 0 };
    const name = stagedName(round, system, dataset.name);
    await exports.files.write({ exportId, name, keyId }, linesOf(dataset, of, counted), 0);
    files.push({ dataset: dataset.name, ...counted });
  }
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return { id: system, status: rows > 0 ? 'complete' : 'empty', reason: null, rows, files };
}

async function* linesOf(
  dataset: Dataset,
  of: Subject,
  counted: { rows: number; bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const bytes of batched(lines(dataset, of, counted))) {
    counted.bytes += bytes.length;
    yield bytes;
  }
}

async function* lines(dataset: Dataset, of: Subject, counted: { rows: number }) {
  for await (const page of dataset.pages(of)) {
    beat();
    counted.rows += page.length;
    for (const row of page) yield jsonLine(row);
  }
}

/** What people may read of a failure: texts of codes say nothing of anybody, others are not told. */
export function reasonOf(error: unknown): string {
  if (error instanceof StoreFailure) return `${error.code}: ${error.message}`;
  if (error instanceof ApplicationFailure && error.type) return `${error.type}: ${error.message}`;
  return 'It could not be read; the log of the engine says why.';
}
