/**
 * The thread in which PGlite runs: takes messages of PostgreSQL's wire protocol, posts what the server answers.
 *
 * `workerData.folder` is the data directory; null keeps everything in memory. First message out: `'ready'`. In:
 * `{ connection, bytes }`, answered under the same number; bytes of null open a connection and clear what the one
 * before left behind. `'close'` shuts the database down and ends the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create(workerData.folder ?? 'memory://');
let last = Promise.resolve();

parentPort.on('message', (message) => {
  last = last.then(() => (message === 'close' ? close() : answer(message)));
});
parentPort.postMessage('ready');

/** AuthenticationOk, then ReadyForQuery outside a transaction. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

async function answer({ connection, bytes }) {
  const chunks = bytes === null ? [await welcome()] : [];
  if (bytes !== null) {
    const onRawData = (data) => chunks.push(data.slice());
    await database.execProtocolRawStream(bytes, { syncToFs: true, onRawData });
  }
  parentPort.postMessage({ connection, bytes: Buffer.concat(chunks) });
}

async function welcome() {
  await database.exec('rollback');
  await database.exec('discard all');
  return WELCOME;
}

async function close() {
  await database.close();
  parentPort.close();
}
