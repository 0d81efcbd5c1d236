/** The stages of a start: they may run at a time, and are told in their order. Class: side effect. */
import { asStartFailure } from './failure.js';
import { noteStage } from './progress.js';

/** Hears of the progress. */
export interface StartReport {
  readonly begin: (stage: StageName) => void;
  readonly ready: (stage: StageName, detail: string, ms: number) => void;
  readonly talk: (line: string) => void;
  /** An error that ended nothing: of a request over the control socket, or of the audit log. */
  readonly trouble: (
    error: unknown,
    part?: 'control' | 'audit' | 'app' | 'demo data' | 'mail' | 'people' | 'webhooks',
  ) => void;
}

/** The stages in the order in which they are told. */
export const STAGES = [
  'database',
  'temporal',
  'mail',
  'app',
  'worker',
  'definitions',
  'web',
] as const;
export type StageName = (typeof STAGES)[number];

/** Runs stages and tells of them in their order, also where two run at a time. */
export function createStages(report: StartReport, folder: string) {
  interface Prepared<T> {
    readonly result: Promise<T>;
    readonly ms: () => number;
  }
  const prepare = <T>(_name: StageName, start: () => Promise<T>): Prepared<T> => {
    const began = performance.now();
    let ended = began;
    const result = start().finally(() => {
      ended = performance.now();
    });
    // It is awaited later; until then a failure has nobody to hear it.
    result.catch(() => {});
    return { result, ms: () => ended - began };
  };
  const wait = async <T>(
    name: StageName,
    { result, ms }: Prepared<T>,
    describe: (value: T) => string | Promise<string>,
    logFile: string | null = null,
  ): Promise<T> => {
    noteStage(folder, name);
    report.begin(name);
    try {
      const value = await result;
      report.ready(name, await describe(value), ms());
      return value;
    } catch (error) {
      throw asStartFailure(error, `stage '${name}'`, logFile);
    }
  };
  const run = <T>(
    name: StageName,
    start: () => Promise<T>,
    describe: (value: T) => string,
  ): Promise<T> => wait(name, prepare(name, start), describe);
  return { prepare, await: wait, run };
}
