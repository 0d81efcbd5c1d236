#!/usr/bin/env node
// The executable: TypeScript runs as it is, through tsx.
import { register } from 'tsx/esm/api';

register();
const { runProcess } = await import('./main.js');
process.exitCode = await runProcess(process.argv.slice(2));
