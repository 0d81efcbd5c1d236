// Runs a command line in this process: from a bundle, or from the sources, through tsx, where no bundle can be kept.
// Nothing is imported before it is known to be there: dependencies may not be installed yet.
import process from 'node:process';
import { bundledMain } from './bundle.js';

const fromSource = async () => {
  const { register } = await import('tsx/esm/api');
  register();
  return import('./main.js');
};

/** Runs one command line, without the program's own name, and resolves with its exit code. */
export const runProgram = async (args) => {
  let main;
  try {
    main = (await bundledMain()) ?? (await fromSource());
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !/package '/.test(error.message)) throw error;
    return tellMissing(error.message, args);
  }
  return main.runProcess(args);
};

/** The catalogue cannot be read then; a test holds that this is what it says. */
const tellMissing = (text, args) => {
  const [, name = 'a package'] = /package '([^']+)'/.exec(text) ?? [];
  const code = 'DEPENDENCIES_MISSING';
  const message = `Expected the dependencies of Jornada in node_modules, but '${name}' is not there; run 'npm ci' in the folder of its package.json, or 'npm start'.`;
  process.stderr.write(`${code}: ${message}\n`);
  if (args.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  }
  return 1;
};
