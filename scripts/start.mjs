/** `npm start`: installs what is missing, then `jornada start --demo` with the arguments passed on. */
import { join } from 'node:path';
import { ROOT, runChild } from './child.js';
import { install } from './dependencies.js';

await install(process.env);
const args = [join(ROOT, 'cli', 'jornada.mjs'), 'start', '--demo', ...process.argv.slice(2)];
process.exitCode = await runChild(process.execPath, args, { stdio: 'inherit' });
