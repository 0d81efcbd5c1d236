/** `npm run bench`: prints every figure from one run, side by side. `npm run bench core` runs one part. */
import { cpus } from 'node:os';
import { benchApi } from './api.js';
import { benchCore } from './core.js';
import { benchDefinitions } from './definitions.js';
import { benchExports } from './exports.js';
import { benchExpressions } from './expressions.js';
import { benchReports } from './reports.js';
import { benchTemporal } from './temporal.js';
import { benchTickets } from './tickets.js';

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  core: benchCore,
  expressions: benchExpressions,
  definitions: benchDefinitions,
  exports: benchExports,
  temporal: benchTemporal,
  tickets: benchTickets,
  api: benchApi,
  reports: benchReports,
};

const wanted = process.argv.slice(2);
console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
