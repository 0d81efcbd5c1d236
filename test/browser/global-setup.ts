/** What integration tests share, and Chromium found once, before several files want it. */
import type { TestProject } from 'vitest/node';
import { setup as setUpServers } from '../integration/global-setup.js';
import { findChromium } from '../support/browser/chromium.js';

/** Called by vitest before the first browser test. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium((line) => process.stderr.write(`${line}\n`));
  return setUpServers(project);
}
