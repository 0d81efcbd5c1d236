/** The development server as people get it: a real one is found, started, crashed, locked out and ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  checkAddress,
  type DevServer,
  type DevServerOptions,
  startDevServer,
} from '../../worker/dev-server/index.js';
import { type LockRecord, lockFile } from '../../worker/dev-server/lock.js';
import { freePort } from '../../worker/dev-server/port.js';
import {
  identify,
  isRunning,
  type ProcessIdentity,
} from '../../worker/dev-server/process-identity.js';
import { stampFile } from '../../worker/dev-server/stamp.js';
import { runScript } from '../support/script.js';

let folder: string;
let talk: string[];
const running: DevServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jornada-dev-server-test-'));
  talk = [];
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<DevServerOptions> = {}): Promise<DevServer> {
  const log = (line: string): void => {
    talk.push(line);
  };
  const base = { dataFolder: folder, wal: true, env: process.env, log };
  const server = await startDevServer({ ...base, ...options });
  running.push(server);
  return server;
}

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function startWorkflow(address: string, workflowId: string): Promise<void> {
  await withClient(address, (client) =>
    client.workflow.start('nobody-serves-it', {
      workflowId,
      taskQueue: 'none',
      searchAttributes: { definitionKey: ['some-process'], instanceState: ['running'] },
    }),
  );
}

async function statusOf(address: string, workflowId: string): Promise<string> {
  return withClient(address, async (client) => {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name;
  });
}

function lockRecord(): LockRecord {
  return JSON.parse(readFileSync(lockFile(folder), 'utf8')) as LockRecord;
}

describe('the server that all integration tests share', () => {
  test('serves at the provided address', async () => {
    await startWorkflow(inject('temporalAddress'), 'p.shared.1');
    expect(await statusOf(inject('temporalAddress'), 'p.shared.1')).toBe('RUNNING');
  });

  test('keeps its file where the tests are told', () => {
    expect(readFileSync(inject('temporalDatabaseFile')).subarray(0, 15).toString()).toBe(
      'SQLite format 3',
    );
  });
});

describe('checkAddress', () => {
  test('tells the version of a server that runs', async () => {
    const address = inject('temporalAddress');
    const connection = Connection.lazy({ address });
    expect(await checkAddress(address, connection)).toMatch(/^1\.\d+\.\d+$/);
    await connection.close();
  });

  test('refuses an address where nothing serves', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const connection = Connection.lazy({ address, interceptors: [] });
    await expect(checkAddress(address, connection)).rejects.toMatchObject({
      code: 'TEMPORAL_ADDRESS_UNREACHABLE',
      message: expect.stringContaining(address),
    });
    await connection.close();
  });
});

describe('startDevServer', () => {
  test('keeps closed runs for 30 days and knows the search attributes', async () => {
    const { address } = await start();
    await withClient(address, async ({ connection }) => {
      const { config } = await connection.workflowService.describeNamespace({
        namespace: 'default',
      });
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(720 * 3600);
      const known = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
      const keyword = 2;
      expect(known.customAttributes).toMatchObject({
        customerKeyId: keyword,
        definitionKey: keyword,
        definitionVersion: keyword,
        instanceState: keyword,
        rootInstanceId: keyword,
      });
    });
  });

  test('finds a workflow again after stop and start on the same file', async () => {
    const first = await start();
    await startWorkflow(first.address, 'p.kept.1');
    const { server } = lockRecord();
    expect(server && isRunning(server)).toBe(true);
    await first.stop();
    expect(first.state()).toBe('stopped');
    expect(server && isRunning(server)).toBe(false);
    expect(existsSync(lockFile(folder))).toBe(false);
    const second = await start({ port: first.port });
    expect(await statusOf(second.address, 'p.kept.1')).toBe('RUNNING');
  });

  test('starts a crashed server again on the same port and file', async () => {
    const server = await start();
    await startWorkflow(server.address, 'p.crash.1');
    const before = server.pid();
    server.kill();
    await expect.poll(() => server.state(), { interval: 5 }).toBe('restarting');
    await server.untilReady();
    expect(server.pid()).not.toBe(before);
    expect(lockRecord().server?.pid).toBe(server.pid());
    expect(await statusOf(server.address, 'p.crash.1')).toBe('RUNNING');
    expect(talk.join('\n')).toContain('SIGKILL');
  });

  test('stops while it waits to start a crashed server again', async () => {
    const server = await start();
    server.kill();
    await expect.poll(() => server.state(), { interval: 5 }).toBe('restarting');
    const waiting = server.untilReady();
    const refused = expect(waiting).rejects.toMatchObject({ code: 'TEMPORAL_NOT_READY' });
    await server.stop();
    await refused;
    expect(server.pid()).toBeNull();
  });

  test('works in memory, without a folder', async () => {
    const server = await start({ dataFolder: null, wal: false });
    expect(server.databaseFile).toBeNull();
    await startWorkflow(server.address, 'p.memory.1');
    expect(await statusOf(server.address, 'p.memory.1')).toBe('RUNNING');
  });

  test('refuses a second server on the same folder and leaves the first one alone', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'TEMPORAL_FILE_LOCKED',
      message: expect.stringContaining(String(process.pid)),
    });
    await startWorkflow(first.address, 'p.first.1');
    expect(lockRecord().server?.pid).toBe(first.pid());
  });

  test('refuses a file of another server version, and gives the folder free', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(stampFile(folder), '1.28.0\n');
    await expect(start({ allowDownload: false })).rejects.toMatchObject({
      code: 'TEMPORAL_FILE_VERSION',
      message: expect.stringContaining('1.28.0'),
    });
    writeFileSync(stampFile(folder), `${first.serverVersion}\n`);
    await start();
  });

  test('refuses a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ port })).rejects.toMatchObject({ code: 'TEMPORAL_PORT_IN_USE' });
    other.close();
  });

  test('says so and leaves nothing behind when the binary cannot serve', async () => {
    const binary = { source: 'path', binary: '/bin/false', serverVersion: '1.29.1' } as const;
    await expect(start({ binary })).rejects.toMatchObject({
      code: 'TEMPORAL_NOT_READY',
      message: expect.stringContaining('exit code 1'),
    });
    await start();
  });
});

describe('when our own process is killed', () => {
  /** Starts a supervisor in a process of its own; resolves with the pid of its server. */
  async function startElsewhere(): Promise<{ supervisor: ChildProcess; server: number }> {
    const script = join(import.meta.dirname, '../support/temporal-supervisor.ts');
    const supervisor = spawn(process.execPath, runScript(script, folder), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const server = await new Promise<number>((resolve, reject) => {
      supervisor.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
      supervisor.once('exit', () =>
        reject(new Error('the supervisor ended before its server was ready')),
      );
    });
    return { supervisor, server };
  }

  test('its server ends too', async () => {
    const { supervisor } = await startElsewhere();
    const held = lockRecord();
    expect(held.server && isRunning(held.server)).toBe(true);
    supervisor.kill('SIGKILL');
    await expect.poll(() => held.server && isRunning(held.server), { timeout: 10_000 }).toBe(false);
  });

  test('the next start takes the folder over and ends a server that is left', async () => {
    const { supervisor } = await startElsewhere();
    const held = lockRecord();
    supervisor.kill('SIGKILL');
    await expect.poll(() => isRunning(held.owner)).toBe(false);
    // The record below names another server, so nobody but this test waits for the one that ran.
    await expect.poll(() => held.server && isRunning(held.server), { timeout: 10_000 }).toBe(false);
    const bystander = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    try {
      const left = identify(bystander.pid ?? 0) as ProcessIdentity;
      expect(isRunning(left)).toBe(true);
      writeFileSync(lockFile(folder), JSON.stringify({ ...held, server: left }));
      const server = await start();
      expect(isRunning(left)).toBe(false);
      expect(talk.join('\n')).toContain(`ending server ${left.pid}`);
      expect(lockRecord().owner.pid).toBe(process.pid);
      expect(server.state()).toBe('ready');
    } finally {
      bystander.kill('SIGKILL');
    }
  });
});
