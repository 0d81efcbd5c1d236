/** Scripts of the tests that run as processes of their own. */
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('./run-bundled.mjs', import.meta.url));

/** Arguments of Node that run a script, given as a path, with its own arguments. */
export const runScript = (path: string, ...args: readonly string[]): string[] => [
  RUN,
  path,
  ...args,
];
