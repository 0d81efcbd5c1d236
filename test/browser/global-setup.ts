/** What integration tests share, and the web app built and Chromium found once, before several files want both. */
import type { TestProject } from 'vitest/node';
import { builtWeb } from '../../web/build.js';
import { setup as setUpServers } from '../integration/global-setup.js';
import { findChromium } from '../support/browser/chromium.js';

/** Called by vitest before the first browser test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium((line) => process.stderr.write(`${line}\n`));
  const [stop] = await Promise.all([setUpServers(project), builtWeb()]);
  return stop;
}
