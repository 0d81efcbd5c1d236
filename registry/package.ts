/** A package: the files that are deployed together, all or nothing. */
import { createHash } from 'node:crypto';
import type { Finding } from '../engine/errors/index.js';
import type { ExecutableProcess } from '../engine/model/index.js';
import { checkDescription } from './check-description.js';
import {
  type CompiledResource,
  type CompiledSources,
  compileSources,
  type SourceFile,
  type Surroundings,
} from './compile-sources.js';
import { DESCRIPTION_FILE, misnamedDescription } from './declarations.js';
import { readDescription } from './description.js';

/** Path inside the package → text. */
export type PackageFiles = Readonly<Record<string, string>>;

/** What a package holds. With a finding that is an error, nothing that can run. */
export interface CompiledPackage {
  readonly processes: readonly ExecutableProcess[];
  /** Of all processes that are executable, compiled or not. */
  readonly processIds: readonly string[];
  readonly resources: readonly CompiledResource[];
  readonly origins: CompiledSources['origins'];
  readonly findings: readonly Finding[];
}

/**
 * The hash of a package: SHA-256 over its files by path. Line ends count as one, so that a check-out on another
 * system is the same package. Class: pure.
 */
export function hashPackage(files: PackageFiles): string {
  const hash = createHash('sha256');
  for (const [path, text] of sorted(files)) {
    const canonical = text.replaceAll('\r\n', '\n');
    hash.update(`${JSON.stringify(path)} ${Buffer.byteLength(canonical)}\n`).update(canonical);
  }
  return hash.digest('hex');
}

/** What is asked of a package on its own: nothing that lies elsewhere is missed. */
const ALONE: PackageSurroundings = { mode: 'strict', known: null, isDeployed: false };

/** What a package is judged by. */
export type PackageSurroundings = Pick<Surroundings, 'mode' | 'known' | 'isDeployed'>;

/** Reads, judges and compiles every file of a package. Findings name file and line. Errors: those of `known`. */
export async function compilePackage(
  files: PackageFiles,
  surroundings: PackageSurroundings = ALONE,
): Promise<CompiledPackage> {
  const ending = (end: string): readonly SourceFile[] =>
    sorted(files)
      .filter(([path]) => path.endsWith(end))
      .map(([file, content]) => ({ file, content }));
  const description = files[DESCRIPTION_FILE];
  const compiled = await compileSources(
    {
      models: ending('.bpmn'),
      decisions: ending('.dmn'),
      forms: ending('.form'),
      descriptions:
        description === undefined ? [] : [{ file: DESCRIPTION_FILE, content: description }],
    },
    { ...surroundings, hasAllForms: true, allowsVersions: false },
  );
  // What is deployed already stays what it was.
  const wrong = surroundings.isDeployed
    ? []
    : [
        ...Object.keys(files).flatMap((path) => misnamedDescription(path)),
        ...(description === undefined ? [] : judge(description, compiled)),
      ];
  return {
    ...compiled,
    findings: [...compiled.findings, ...wrong],
    processes: wrong.length === 0 ? compiled.processes.flat() : [],
  };
}

function judge(description: string, { processIds, isWhole, elementIds }: CompiledSources) {
  const read = readDescription(description, DESCRIPTION_FILE);
  return checkDescription(read, DESCRIPTION_FILE, {
    processIds: isWhole ? processIds : [],
    elementIds: (processId) => new Set(elementIds[processId] ?? []),
  });
}

const sorted = (files: PackageFiles): readonly (readonly [string, string])[] =>
  Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
