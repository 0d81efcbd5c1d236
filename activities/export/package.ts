/**
 * The package of an export: data, schemas, a readme, and a manifest with the hash of every file, in an order that is the
 * same each time. Streamed: neither a file nor the package is ever held. `docs/data-export.md` describes it.
 */
import { createHash } from 'node:crypto';
import { type ZipEntry, zipOf } from '../../archive/write-zip.js';
import type { Json } from '../../engine/model/index.js';
import { StoreFailure } from '../../store/index.js';
import { beat } from './attempt.js';
import type { Extract } from './exports.js';
import { batched } from './formats/batched.js';
import { csvHeader, csvLine } from './formats/csv.js';
import { rowsIn } from './formats/json-lines.js';
import { schemaOf } from './formats/schema.js';
import { readmeOf } from './readme.js';
import type { Column, Dataset, Source } from './source.js';

/** A format of the data. */
export type Format = 'jsonl' | 'csv';

/** What is packaged. */
export interface PackageOf {
  readonly exportId: string;
  readonly customerId: string;
  readonly legalName: string;
  readonly locale: string;
  readonly cutOff: string;
  readonly generatorVersion: string;
  readonly formats: readonly Format[];
  readonly sources: readonly Source[];
  readonly extracts: readonly Extract[];
  /** Opens what was extracted of a data set. */
  readonly open: (system: string, dataset: string) => Promise<AsyncIterable<Uint8Array>>;
}

/** One file as the manifest tells of it. */
interface ManifestFile extends Readonly<Record<string, Json>> {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
}

/** A package under way: `result` is whole once all bytes were read. */
export interface Packaging {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly result: () => {
    readonly manifestSha256: string;
    readonly bytes: number;
    readonly rows: number;
  };
}

interface Part {
  readonly system: string;
  readonly dataset: Dataset;
  readonly extract: Extract;
  readonly rows: number;
}

/** Makes the package. Errors, while it is read: `EXPORT_FILE_DAMAGED`, `EXPORT_FILE_MISSING`. */
export function packageOf(of: PackageOf): Packaging {
  const files: ManifestFile[] = [];
  const parts = partsOf(of);
  let manifest = '';
  let bytes = 0;
  const manifestText = (): string => {
    manifest ||= `${JSON.stringify(manifestOf(of, files), null, 2)}\n`;
    return manifest;
  };
  const entries: ZipEntry[] = [
    textEntry('README.txt', () => readmeOf(of)),
    ...parts.map(({ system, dataset }) =>
      textEntry(
        schemaPath(system, dataset),
        () => `${JSON.stringify(schemaOf(dataset), null, 2)}\n`,
      ),
    ),
    ...parts.flatMap((part) => of.formats.map((format) => dataEntry(of, part, format, files))),
    textEntry('manifest.json', manifestText),
    textEntry('manifest.sha256', () => `${sha256(manifestText())}  manifest.json\n`),
  ];
  return {
    bytes: countedBy(zipOf(entries, new Date(of.cutOff)), (length) => {
      bytes += length;
    }),
    result: () => ({
      manifestSha256: sha256(manifestText()),
      bytes,
      rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    }),
  };
}

function partsOf({ sources, extracts }: PackageOf): readonly Part[] {
  return sources.flatMap((source) => {
    const extract = extracts.find(({ id }) => id === source.id);
    if (!extract) return [];
    return source.datasets.map((dataset) => ({
      system: source.id,
      dataset,
      extract,
      rows: extract.files.find((file) => file.dataset === dataset.name)?.rows ?? 0,
    }));
  });
}

function manifestOf(of: PackageOf, files: readonly ManifestFile[]): Json {
  return {
    format: 'jornada-export/1',
    exportId: of.exportId,
    customerId: of.customerId,
    cutOff: of.cutOff,
    generatorVersion: of.generatorVersion,
    files: [...files],
  };
}

function dataEntry(
  { open }: PackageOf,
  { system, dataset, extract, rows }: Part,
  format: Format,
  files: ManifestFile[],
): ZipEntry {
  const path = `data/${system}/${dataset.name}.${format}`;
  return {
    path,
    content: async function* () {
      const hash = createHash('sha256');
      let bytes = 0;
      const isThere = extract.status !== 'partial';
      const staged = isThere ? await open(system, dataset.name) : [];
      const content = CONTENT[format](dataset.columns, checked(staged, rows, path));
      for await (const part of content) {
        beat();
        hash.update(part);
        bytes += part.length;
        yield part;
      }
      files.push({
        path,
        bytes,
        rows: isThere ? rows : 0,
        sha256: hash.digest('hex'),
        schema: schemaPath(system, dataset),
        sourceSystem: system,
        ...statusOf(extract, rows),
      });
    },
  };
}

function statusOf({ status, reason }: Extract, rows: number): Readonly<Record<string, Json>> {
  if (status === 'partial') return { status, reason };
  return { status: rows > 0 ? 'complete' : 'empty' };
}

const CONTENT: Readonly<
  Record<
    Format,
    (columns: readonly Column[], lines: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  >
> = {
  jsonl: (_columns, lines) => lines,
  csv: (columns, lines) => batched(csvTexts(columns, lines)),
};

async function* csvTexts(columns: readonly Column[], lines: AsyncIterable<Uint8Array>) {
  yield csvHeader(columns);
  for await (const row of rowsIn(lines)) yield csvLine(columns, row);
}

const LINE_END = 10;

/** Passes the lines on, and sees that there are as many as were extracted. */
async function* checked(
  staged: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  rows: number,
  file: string,
): AsyncGenerator<Uint8Array> {
  let found = 0;
  for await (const bytes of staged) {
    for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) found++;
    yield bytes;
  }
  if (found !== rows) throw new StoreFailure('EXPORT_FILE_DAMAGED', { file });
}

async function* countedBy(bytes: AsyncIterable<Uint8Array>, count: (length: number) => void) {
  for await (const part of bytes) {
    count(part.length);
    yield part;
  }
}

function textEntry(path: string, text: () => string): ZipEntry {
  return {
    path,
    content: async function* () {
      yield Buffer.from(text(), 'utf8');
    },
  };
}

const schemaPath = (system: string, { name }: Dataset): string =>
  `schemas/${system}/${name}.schema.json`;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
