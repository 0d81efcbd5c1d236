/**
 * `jornada templates`: writes the element templates of all service tasks that Jornada has, for Camunda Modeler, which
 * looks for them in `.camunda/element-templates/` beside a diagram and in the folders above. Class: side effect.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ElementTemplate,
  elementTemplates,
  TEMPLATES_FILE,
  templatesText,
} from '../../activities/element-templates/index.js';
import { fault } from '../../engine/errors/index.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import type { Terminal } from '../terminal.js';

/** Writes the file below a folder; one that is up to date stays as it is. Errors: `TEMPLATES_UNUSABLE`. */
export async function templates(terminal: Terminal, folder: string): Promise<ExitCode> {
  const file = join(folder, TEMPLATES_FILE);
  const { text, all } = await readTemplates(file);
  const made = elementTemplates(all);
  const wanted = templatesText(made);
  const isChanged = wanted !== text;
  if (isChanged) await replace(file, wanted);
  await terminal.data(
    terminal.isJson
      ? JSON.stringify({ file, templates: made.length, isChanged })
      : `${file}: ${made.length} templates${isChanged ? '' : ', as they were'}`,
  );
  return EXIT.done;
}

async function readTemplates(file: string) {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw unusable(file, error.message);
  });
  try {
    return { text, all: text === null ? [] : (JSON.parse(text) as readonly ElementTemplate[]) };
  } catch (error) {
    throw unusable(file, (error as Error).message);
  }
}

/** Whole, or not at all: a modeler may be reading. */
async function replace(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  } catch (error) {
    throw unusable(file, (error as Error).message);
  }
}

const unusable = (file: string, detail: string): CommandFailure =>
  new CommandFailure(fault('TEMPLATES_UNUSABLE', { file, detail }), EXIT.failed);
