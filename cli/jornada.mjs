#!/usr/bin/env node
// The executable. Short commands run from a bundle; those that run a worker from the sources, through tsx.
const args = process.argv.slice(2);
const verb = args.find((arg) => !arg.startsWith('-'));
const runsWorker =
  ['start', 'bench', 'doctor'].includes(verb ?? '') ||
  args.some((arg) => /^(--on=)?temporal$/.test(arg));

const fromSource = async () => {
  const { register } = await import('tsx/esm/api');
  register();
  return import('./main.js');
};

const fromBundle = async () => {
  // A URL, for the formatter turns the ending of a literal path into `.js`.
  const { bundledMain } = await import(new URL('bundle.mjs', import.meta.url).href);
  return bundledMain();
};

const { runProcess } = (runsWorker ? null : await fromBundle()) ?? (await fromSource());
process.exitCode = await runProcess(args);
