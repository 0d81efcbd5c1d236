/** Variables of class S, which no file shows. Class: pure. */
import { readDescription } from '../registry/index.js';

/** Their names, as the package of an instance declares them. */
export function secretsIn(files: Readonly<Record<string, string>>): ReadonlySet<string> {
  const text = files['process.yaml'];
  if (text === undefined) return new Set();
  const { description } = readDescription(text, 'process.yaml');
  const all = { ...description?.variables, ...description?.internal };
  return new Set(Object.keys(all).filter((name) => all[name]?.class === 'S'));
}
