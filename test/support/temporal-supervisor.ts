/** Runs a development server on the folder of argument 1 and prints the server's pid when it is ready. */
import { startDevServer } from '../../worker/dev-server/index.js';

const [dataFolder = null] = process.argv.slice(2);
const server = await startDevServer({
  dataFolder,
  env: process.env,
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${server.pid()}\n`);
