/** `npm start`: installs what is missing, then `jornada start --demo` with the arguments passed on. */
import { ROOT } from './child.js';
import { install } from './dependencies.js';

await install(process.env);
process.chdir(ROOT);
// In this process: each signal then comes to the engine once, whoever sends it.
const { runProgram } = await import('../cli/program.js');
process.exitCode = await runProgram(['start', '--demo', ...process.argv.slice(2)]);
