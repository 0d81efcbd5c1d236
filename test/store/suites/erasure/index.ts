import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../../../store/index.js';
import { type ErasureWorld, openErasure } from '../../../support/erasure.js';
import { addressesSuite } from './addresses.js';
import { holdsSuite } from './holds.js';
import { instancesSuite } from './instances.js';
import { killedSuite } from './killed.js';
import { returnsSuite } from './returns.js';
import type { Scene } from './scene.js';
import { takingSuite } from './taking.js';

/** Erasing customers: the side effects on a real store. */
export function erasureSuite(store: () => Store): void {
  let world: ErasureWorld;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jornada-erasure-'));
    world = await openErasure(store(), folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const scene: Scene = { store, world: () => world, folder: () => folder };
  takingSuite(scene);
  instancesSuite(scene);
  holdsSuite(scene);
  returnsSuite(scene);
  addressesSuite(scene);
  killedSuite(scene);
}
