/** An engine with its real side effects, whose mails a real server catches, and packages of `definitions/` in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackageFiles } from '../../activities/package-files.js';
import { createSideEffects, type SideEffectDeps } from '../../activities/side-effects.js';
import type { Store } from '../../store/index.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import { startTestEngine, type TestEngine } from './durable.js';
import { readPackage } from './package.js';
import { sideEffectDeps } from './side-effects.js';
import { openTestStore } from './store.js';

/** All of it. */
export interface MailedEngine {
  readonly catcher: MailCatcher;
  readonly store: Store;
  readonly deps: SideEffectDeps;
  readonly durable: TestEngine;
  readonly close: () => Promise<void>;
}

/** Starts it; throws when a package has a finding. What is `given` of the side effects wins. */
export async function startMailedEngine(
  packages: readonly string[],
  given: Partial<SideEffectDeps> = {},
): Promise<MailedEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-test-mailed-'));
  const catcher = await startMailCatcher({ folder });
  const store = await openTestStore();
  const deps = sideEffectDeps(store, {
    ...{ packageFiles: createPackageFiles(store), smtp: { url: catcher.url } },
    ...given,
  });
  const durable = await startTestEngine(createSideEffects(deps), { store });
  for (const key of packages) {
    const { findings } = await durable.engine.deploy(key, readPackage(key));
    if (findings.length > 0) throw new Error(`${key}: ${JSON.stringify(findings)}`);
  }
  const close = async (): Promise<void> => {
    await durable.close();
    await catcher.close();
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { catcher, store, deps, durable, close };
}
