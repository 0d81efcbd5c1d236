/** X24: attacks by the connection itself, on a server that listens. Others are served meanwhile. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppServer, startApp } from '../../api/index.js';

const troubles: unknown[] = [];
let server: AppServer;
beforeAll(async () => {
  const config = { host: '127.0.0.1', port: 0, mayMove: false, proxies: null };
  server = await startApp({ ...config, publicUrl: 'http://127.0.0.1' }, (error) =>
    troubles.push(error),
  );
});
afterAll(() => server.close());

/** A connection, and all that the server says on it until it ends it. */
async function connected(): Promise<{ socket: Socket; said: Promise<string> }> {
  const [host = '', port] = server.address.split(':');
  const socket = connect(Number(port), host);
  const heard: Buffer[] = [];
  socket.on('data', (bytes) => heard.push(bytes));
  // A server that ends a connection while bytes are on their way resets it.
  socket.on('error', () => {});
  const said = new Promise<string>((resolve) =>
    socket.on('close', () => resolve(Buffer.concat(heard).toString())),
  );
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { socket, said };
}

/** Whether somebody else is answered. */
const serves = async (): Promise<boolean> =>
  (await fetch(`http://${server.address}/assets/link.js`)).status === 200;

test.concurrent('a head that comes byte by byte is given up', async ({ expect }) => {
  const { socket, said } = await connected();
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\n');
  const drip = setInterval(() => socket.write('x'), 500);
  expect(await serves()).toBe(true);
  expect(await said).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(drip);
});

test.concurrent('a body that comes byte by byte is given up', async ({ expect }) => {
  const { socket, said } = await connected();
  const head = 'content-type: application/json\r\ncontent-length: 4000\r\n\r\n';
  socket.write(`POST /api/v1/session HTTP/1.1\r\nhost: x\r\n${head}`);
  const drip = setInterval(() => socket.write(' '), 500);
  expect(await serves()).toBe(true);
  expect(await said).toMatch(/^HTTP\/1\.1 408 /);
  clearInterval(drip);
});

test('a hundred thousand headers are too many', async () => {
  const { socket, said } = await connected();
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\n');
  for (let n = 0; n < 100_000; n += 1) socket.write(`x-${n}: y\r\n`);
  expect(await said).toMatch(/^HTTP\/1\.1 431 /);
  expect(await serves()).toBe(true);
});

test('a body without an end is cut off where it is too large', async () => {
  const { socket, said } = await connected();
  const head = 'content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
  socket.write(`POST /api/v1/session HTTP/1.1\r\nhost: x\r\n${head}`);
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const memory = process.memoryUsage().rss;
  let sent = 0;
  while (sent < 1_000 && socket.writable) {
    sent += 1;
    if (!socket.write(chunk)) {
      await new Promise<void>((done) => {
        socket.once('drain', done);
        socket.once('close', done);
      });
    }
  }
  expect(await said).toMatch(/^HTTP\/1\.1 413 /);
  // A part of what would be a gigabyte.
  expect(sent).toBeLessThan(1_000);
  expect(process.memoryUsage().rss - memory).toBeLessThan(200_000_000);
  expect(await serves()).toBe(true);
});

test.each([
  ['two lengths', 'content-length: 4\r\ncontent-length: 5\r\n\r\nabcde'],
  ['a length and chunks', 'content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a header that is folded', 'x-a: b\r\n c\r\n\r\n'],
  ['a header without a name', ': b\r\n\r\n'],
  ['a NUL in a header', 'x-a: \0\r\n\r\n'],
])('%s are no request', async (_name, rest) => {
  const { socket, said } = await connected();
  socket.write(`POST /api/v1/session HTTP/1.1\r\nhost: x\r\n${rest}`);
  expect(await said).toMatch(/^HTTP\/1\.1 400 /);
  expect(await serves()).toBe(true);
});

test('a second request behind the first is none that the first hides', async () => {
  const { socket, said } = await connected();
  const hidden = 'GET /api/v1/users HTTP/1.1\r\nhost: x\r\n\r\n';
  socket.write(
    `GET /health HTTP/1.1\r\nhost: x\r\ncontent-length: ${hidden.length}\r\nconnection: close\r\n\r\n${hidden}`,
  );
  expect((await said).match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

test('the server heard of no fault of its own', () => {
  expect(troubles).toEqual([]);
});
