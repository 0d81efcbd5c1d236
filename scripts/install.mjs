/** `node scripts/install.mjs`: brings `node_modules` in line with `package-lock.json`, when it is not. */
import { install } from './dependencies.js';

await install(process.env);
