#!/usr/bin/env node
// The executable. It runs from a bundle, or from the sources, through tsx, where no bundle can be kept.
import { bundledMain } from './bundle.js';

const fromSource = async () => {
  const { register } = await import('tsx/esm/api');
  register();
  return import('./main.js');
};

const { runProcess } = (await bundledMain()) ?? (await fromSource());
process.exitCode = await runProcess(process.argv.slice(2));
