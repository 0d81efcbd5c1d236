import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.js';
import { type Sending, sendOnce } from '../../activities/mail/send-once.js';
import { renderMail } from '../../activities/mail/template.js';
import type { Store } from '../../store/index.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { openTestStore } from '../support/store.js';

const SENDER = { name: 'Jornada', mail: 'noreply@jornada.example' };
const FILES = {
  'mail/hello.en.liquid':
    '---\nsubject: Hello {{ name }}\n---\nDear {{ name }},\n\nhttps://x.example/a?b=1&c=2\n',
};

let folder: string;
let catcher: MailCatcher;
let store: Store;
const open: Server[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-test-mail-'));
  catcher = await startMailCatcher({ folder });
  store = await openTestStore();
});

afterEach(async () => {
  await catcher.mailbox.clear();
  for (const server of open.splice(0)) server.close();
});

afterAll(async () => {
  await catcher.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A server that speaks SMTP badly: `reply` says what it answers to a line; null ends the connection. */
async function badServer(reply: (line: string, isData: boolean) => string | null): Promise<string> {
  const talk = (socket: Socket): void => {
    let isData = false;
    let held = '';
    socket.on('error', () => {});
    socket.write('220 bad.example ESMTP\r\n');
    socket.on('data', (chunk) => {
      held += chunk.toString('latin1');
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (isData && line !== '.') continue;
        const answer = reply(line, isData);
        isData = line === 'DATA' && answer?.startsWith('354') === true;
        if (answer === null) return socket.destroy();
        socket.write(`${answer}\r\n`);
      }
      return undefined;
    });
  };
  const server = createServer(talk);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `smtp://127.0.0.1:${address.port}?tls=none`;
}

const answers =
  (special: Readonly<Record<string, string | null>>) =>
  (line: string): string | null => {
    const [word = ''] = line.split(/[ :]/);
    const said = special[word === '.' ? 'end' : word];
    return said === undefined ? (word === 'DATA' ? '354 go' : '250 fine') : said;
  };

let keys = 0;
const send = (url: string, change: Partial<Sending> = {}) => {
  keys += 1;
  const sending: Sending = {
    effectKey: `effect${keys}`,
    ...{ customerKeyId: 'system', instanceId: 'mails' },
    kind: 'mail.send',
    to: 'ana@aurora.example',
    request: { template: 'hello' },
    whenUnknown: 'ask',
    compose: (key) =>
      composeMail(
        key,
        SENDER,
        { name: 'Ana Prado', mail: 'ana@aurora.example' },
        renderMail(FILES, 'hello', 'en', { name: 'Ana <Prado>' }),
      ),
    ...change,
  };
  const deps = sideEffectDeps(store);
  return {
    sending,
    run: (to = url) => sendOnce({ ...deps, smtp: { url: to, timeoutMs: 2000 } }, sending),
  };
};

const failing = async (work: Promise<unknown>): Promise<ApplicationFailure> => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ApplicationFailure))
    throw new Error(`no failure: ${JSON.stringify(error)}`);
  return error;
};

describe('a mail over a socket', () => {
  test('arrives whole: text and HTML part, message id, languages', async () => {
    const { run } = send(catcher.url);
    const { messageKey } = await run();
    const [mail, ...more] = await catcher.mailbox.list();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      messageId: `<${messageKey}@jornada.example>`,
      from: 'noreply@jornada.example',
      to: ['ana@aurora.example'],
      subject: 'Hello Ana <Prado>',
    });
    expect(mail?.text).toContain('Dear Ana <Prado>,');
    expect(mail?.html).toContain('Dear Ana &lt;Prado&gt;,');
    expect(mail?.html).toContain('<a href="https://x.example/a?b=1&amp;c=2">');
    expect((await catcher.mailbox.raw(mail?.id ?? ''))?.toString()).toContain(messageKey);
    expect(await catcher.mailbox.raw('../../etc/passwd')).toBeNull();
  });

  test('goes out once, however often it is asked for', async () => {
    const { run } = send(catcher.url);
    const first = await run();
    expect(await run()).toEqual(first);
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  test('goes out once when two attempts run side by side', async () => {
    const { run } = send(catcher.url);
    const results = await Promise.allSettled([run(), run()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  test('is tried again when nobody listens, and then arrives', async () => {
    const { run } = send('smtp://127.0.0.1:9?tls=none');
    const failure = await failing(run());
    expect(failure).toMatchObject({ type: 'EMAIL_UNAVAILABLE', nonRetryable: false });
    await run(catcher.url);
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  const replies: readonly [string, Record<string, string | null>, string, boolean][] = [
    ['refuses the recipient for now', { RCPT: '450 later' }, 'EMAIL_UNAVAILABLE', false],
    ['refuses the recipient for good', { RCPT: '550 nobody' }, 'EMAIL_REFUSED', true],
    ['refuses the mail for now', { end: '451 later' }, 'EMAIL_UNAVAILABLE', false],
    ['refuses the mail for good', { end: '554 spam' }, 'EMAIL_REFUSED', true],
    ['goes away before the mail', { DATA: null }, 'EMAIL_UNAVAILABLE', false],
    ['goes away after the mail', { end: null }, 'EMAIL_OUTCOME_UNKNOWN', true],
  ];
  test.each(replies)('a server that %s', async (_what, special, type, nonRetryable) => {
    const { run } = send(await badServer(answers(special)));
    expect(await failing(run())).toMatchObject({ type, nonRetryable });
  });

  test('of unknown outcome is not sent again until a person says so', async () => {
    const { run } = send(await badServer(answers({ end: null })));
    await failing(run());
    expect(await failing(run(catcher.url))).toMatchObject({ type: 'EMAIL_OUTCOME_UNKNOWN' });
    expect(await catcher.mailbox.list()).toEqual([]);
    const key = /'([^']+)'/.exec((await failing(run(catcher.url))).message)?.[1] ?? '';
    await store.effects.decide(key, { how: 'retry' });
    await run(catcher.url);
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  test('that a person counts as sent is not sent', async () => {
    const { run } = send(await badServer(answers({ end: null })));
    const key = /'([^']+)'/.exec((await failing(run())).message)?.[1] ?? '';
    await store.effects.decide(key, { how: 'done', response: null });
    expect((await run(catcher.url)).messageKey).toBe(key);
    expect(await catcher.mailbox.list()).toEqual([]);
  });

  test('that all of a job count as sent is known by the key of the job', async () => {
    const { run, sending } = send(await badServer(answers({ end: null })));
    await failing(run());
    expect(await store.effects.countAsDone(sending.effectKey)).toBe(1);
    expect((await run(catcher.url)).sentAt).toMatch(/Z$/);
    expect(await catcher.mailbox.list()).toEqual([]);
    expect(await store.effects.countAsDone(sending.effectKey)).toBe(0);
  });

  test('of a class that is sent again arrives at the next attempt', async () => {
    const { run } = send(await badServer(answers({ end: null })), { whenUnknown: 'resend' });
    expect(await failing(run())).toMatchObject({ type: 'EMAIL_UNAVAILABLE', nonRetryable: false });
    await run(catcher.url);
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  test('to a corrected address is another mail', async () => {
    const { sending, run } = send(await badServer(answers({ RCPT: '550 nobody' })));
    await failing(run());
    const deps = sideEffectDeps(store, { smtp: { url: catcher.url } });
    await sendOnce(deps, { ...sending, to: 'eva@aurora.example' });
    expect(await catcher.mailbox.list()).toHaveLength(1);
  });

  test('that is silent runs into its time-out', async () => {
    const { run } = send(await badServer(answers({ EHLO: '' })));
    expect(await failing(run())).toMatchObject({ type: 'EMAIL_UNAVAILABLE' });
  });
});
