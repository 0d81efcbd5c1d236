/**
 * The outside world of the crash test: an HTTP service as a process of its own, that takes each effect once by its
 * `Idempotency-Key`. Its books, a file that is only appended to and synced before any answer, say what it was asked.
 * One answer in seven is lost on its way, after the effect was booked. Arguments: file of the books. It prints its port.
 */
import { createHash } from 'node:crypto';
import { fsyncSync, openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const [file = ''] = process.argv.slice(2);
const books = openSync(file, 'a');
/** Key → hash of the payload that was taken under it. */
const taken = new Map<string, string>();
let attempts = 0;

const LOSES_ANSWER_OF = 7;

function take(key: string, payload: string): 'accepted' | 'repeated' | 'conflict' {
  const hash = createHash('sha256').update(payload).digest('hex');
  const before = taken.get(key);
  if (before === undefined) taken.set(key, hash);
  const verdict = before === undefined ? 'accepted' : before === hash ? 'repeated' : 'conflict';
  writeSync(books, `${JSON.stringify({ key, hash, verdict, payload })}\n`);
  fsyncSync(books);
  attempts += 1;
  return verdict;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ accepted: taken.size }));
    return;
  }
  let payload = '';
  for await (const chunk of request) payload += String(chunk);
  const key = String(request.headers['idempotency-key']);
  const verdict = take(key, payload);
  if (attempts % LOSES_ANSWER_OF === 0) request.socket.destroy();
  else response.writeHead(verdict === 'conflict' ? 409 : 200).end(JSON.stringify({ receipt: key }));
}

const server = createServer((request, response) => {
  // A caller that was killed while it sent has sent nothing.
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`${address?.port}\n`);
});
