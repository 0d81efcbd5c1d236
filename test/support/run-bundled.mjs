/**
 * Runs a script of the tests in this process: `run-bundled.mjs <script> <arguments>`. From a bundle it starts with a third
 * of the CPU time that it takes from its sources.
 */
import { basename, join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundleOf } from '../../cli/bundle.js';

const root = join(import.meta.dirname, '..', '..');
process.argv.splice(1, 1);
const script = process.argv[1];
const kind = `test-${basename(script, '.ts')}`;
const more = { folders: [join('test', 'support'), join('test', 'store')], external: ['vitest'] };
const folder = await bundleOf(kind, relative(root, script), more);
await import(pathToFileURL(join(folder, 'main.mjs')).href);
