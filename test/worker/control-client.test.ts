import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createControlClient } from '../../worker/control/client.js';
import { socketPath } from '../../worker/control/socket-path.js';
import { checkMachine } from '../../worker/start/checks.js';
import { takeDataFolder } from '../../worker/start/data-folder.js';
import { type StartOptions, startJornada } from '../../worker/start/index.js';
import { noteStage, noteStarted } from '../../worker/start/progress.js';

let folder = '';
let server: Server | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-control-'));
});
afterEach(() => {
  server?.close();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

const ask = () => {
  const who = { actor: 'ana', reason: null, startCommand: 'jornada start' };
  return createControlClient({ folder, ...who }).call('resumeInstance', {
    key: 'k',
    timers: 'keep',
  });
};

describe('an engine that does not answer', () => {
  test('was never there: nothing was done', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_NOT_RUNNING' });
  });

  test('is starting: what it is at is told, also by doctor and to who would start another', async () => {
    const held = takeDataFolder(folder, false);
    noteStage(held.path, 'temporal');
    await expect(ask()).rejects.toMatchObject({
      code: 'ENGINE_STARTING',
      message: expect.stringMatching(/is starting: temporal, \d+ s so far/),
    });
    const checks = await checkMachine({ environment: {}, folder, status: null });
    expect(checks.find(({ part }) => part === 'engine')).toMatchObject({
      state: 'note',
      detail: expect.stringContaining(`process ${process.pid} is starting: temporal`),
    });
    const another = { folder, isFresh: false, environment: {} } as StartOptions;
    await expect(startJornada(another)).rejects.toMatchObject({ code: 'DATA_FOLDER_STARTING' });
    noteStarted(held.path);
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_NOT_RUNNING' });
    noteStage(held.path, 'worker');
    held.release();
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_NOT_RUNNING' });
  });

  test('goes away after it was asked: nobody knows what was done', async () => {
    server = createServer((request) => {
      request.socket.destroy();
      server?.close();
    });
    await new Promise<void>((listening) => server?.listen(socketPath(folder), listening));
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });
});
