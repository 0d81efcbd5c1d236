/** Scenarios of a package as beginnings of plays. */
import type { Script } from '../api.js';
import { EMPTY } from './script.js';

/** One of them. */
export interface Sample {
  readonly value: string;
  readonly label: string;
  readonly script: Script;
}

/** Scenarios as beginnings: their clock, their answers, how they start. */
export async function samplesIn(
  texts: Readonly<Record<string, string>>,
): Promise<readonly Sample[]> {
  // YAML and the format of scenarios are read where somebody plays, and nowhere else.
  const { parse } = await import('yaml');
  return Object.entries(texts)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .flatMap(([path, text]) => {
      const all = [parse(text) as unknown].flat() as readonly Record<string, never>[];
      return all.flatMap((one, index) => {
        const { name, now = EMPTY.now, jobs = {}, steps = [] } = one;
        const start = (steps as readonly Record<string, unknown>[]).find((step) => 'start' in step);
        if (!start) return [];
        const script = { now, jobs, acts: [start] } as Script;
        return [{ value: `${path} ${index}`, label: String(name), script }];
      });
    });
}
