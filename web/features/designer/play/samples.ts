/** Scenarios and examples of a package as beginnings of plays. */
import type { Script } from '../api.js';
import { EMPTY, isJson } from './script.js';

/** One of them. */
export interface Sample {
  readonly value: string;
  readonly label: string;
  readonly kind: 'scenario' | 'example';
  readonly script: Script;
}

/** All of them. Scenarios: their clock, their answers, how they start; examples: variables with which somebody starts it. */
export async function samplesIn(
  texts: Readonly<Record<string, string>>,
): Promise<readonly Sample[]> {
  // YAML and the format of scenarios are read where somebody plays, and nowhere else.
  const { parse } = await import('yaml');
  const scenarios = Object.entries(texts)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .flatMap(([path, text]) => {
      const all = [parse(text) as unknown].flat() as readonly Record<string, never>[];
      return all.flatMap((one, index) => {
        const { name, now = EMPTY.now, jobs = {}, steps = [] } = one;
        const start = (steps as readonly Record<string, unknown>[]).find((step) => 'start' in step);
        if (!start) return [];
        const script = { now, jobs, acts: [start] } as Script;
        return [
          { value: `${path} ${index}`, label: String(name), kind: 'scenario', script } as const,
        ];
      });
    });
  return [...scenarios, ...examplesIn(texts)];
}

function examplesIn(texts: Readonly<Record<string, string>>): readonly Sample[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const [, label] = /^examples\/(.*)\.json$/.exec(path) ?? [];
    if (label === undefined || !isJson(text)) return [];
    const script = { ...EMPTY, acts: [{ start: { variables: JSON.parse(text) } }] };
    return [{ value: path, label, kind: 'example', script }];
  });
}
