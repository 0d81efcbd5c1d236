import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createControlClient } from '../../worker/control/client.js';
import { socketPath } from '../../worker/control/socket-path.js';

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

  test('goes away after it was asked: nobody knows what was done', async () => {
    server = createServer((request) => {
      request.socket.destroy();
      server?.close();
    });
    await new Promise<void>((listening) => server?.listen(socketPath(folder), listening));
    await expect(ask()).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });
});
