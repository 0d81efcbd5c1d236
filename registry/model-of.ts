/** Which file of a package draws a process. Class: pure. */
import { parseBpmn } from '../engine/parse/index.js';
import type { PackageFiles } from './package.js';

/** The text of the model that a process stands in; null: it is in none of the files. */
export async function modelOf(files: PackageFiles, processId: string): Promise<string | null> {
  const models = Object.entries(files).filter(([path]) => path.endsWith('.bpmn'));
  const [only] = models;
  if (only && models.length === 1) return only[1];
  for (const [path, text] of models) {
    const { definitions } = await parseBpmn(text, path);
    if (definitions?.processes.some(({ id }) => id === processId)) return text;
  }
  return null;
}
