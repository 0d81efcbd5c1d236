/** Attacks by the files that are sent: X01 to X03 models, X05 names of objects, X06 bytes, X13 paths. Nothing is deployed, nothing breaks. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, stateOf, type World } from '../support/identities.js';

let world: World;
let headers: Record<string, string>;
beforeAll(async () => {
  world = await openWorld();
  // Forms are taken of programs alone.
  headers = await world.token(await world.person(['admin']), ['admin']);
});
afterAll(() => world.close());

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const fileOf = (content: string, before = ''): string =>
  `${before}<definitions xmlns="${MODEL}" id="d" targetNamespace="t"><process id="p" isExecutable="true">${content}</process></definitions>`;
const many = (n: number, make: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('');

type Part = { readonly name: string; readonly bytes: Uint8Array | string; readonly type?: string };

/** A form with files, as browsers and clients send it. */
function formOf(parts: readonly Part[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = `form-${randomUUID()}`;
  const pieces = parts.flatMap(({ name, bytes, type = 'text/xml' }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="resources"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  const payload = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

/** What is kept: people, packages, processes, the audit's acts that were done. */
async function kept(): Promise<string> {
  const { definitions, audit } = world.store;
  const processes = await definitions.processes.search({ filter: {}, limit: 100 });
  const acts = await audit.query({ filter: { outcome: 'done' }, limit: 1000 });
  return JSON.stringify([await stateOf(world), processes.items, acts.items.length]);
}

/** Deploys, and says what came of it; nothing may have been changed. */
async function deployed(parts: readonly Part[]): Promise<{ status: string; detail: string }> {
  const before = await kept();
  const form = formOf(parts);
  const answer = await world.ask({
    ...{ method: 'POST', url: '/v2/deployments', payload: form.payload },
    headers: { ...headers, ...form.headers },
  });
  expect(await kept()).toBe(before);
  expect(world.troubles).toEqual([]);
  const { title, detail } = answer.json();
  return { status: `${answer.statusCode} ${title}`, detail };
}

const dtd = (what: string): string => `<!DOCTYPE d [${what}]>`;
const laughs = many(20, (i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`);

describe('X01 entities and document types', () => {
  test.each([
    ['a file', fileOf('', dtd('<!ENTITY a SYSTEM "file:///etc/passwd">'))],
    ['an address', fileOf('', dtd('<!ENTITY a SYSTEM "http://127.0.0.1/">'))],
    ['a parameter entity', fileOf('', dtd('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;'))],
    ['a list of attributes', fileOf('', dtd('<!ATTLIST process name CDATA "x">'))],
    ['a billion laughs', fileOf('', dtd(`<!ENTITY a0 "ha">${laughs}`))],
    ['a quadratic one', fileOf('&a;'.repeat(1000), dtd(`<!ENTITY a "${'a'.repeat(10_000)}">`))],
    ['lower case', fileOf('', '<!doctype d>')],
    ['another file', fileOf('', '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd">')],
  ])('%s', async (_name, bytes) => {
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toContain('BPMN_DTD_FORBIDDEN');
    expect(detail).not.toContain('root:');
  });

  test('of a decision', async () => {
    const model = { name: 'process.bpmn', bytes: fileOf('<startEvent id="s"/>') };
    const bytes = `${dtd('<!ENTITY a "b">')}<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n"/>`;
    const { status, detail } = await deployed([model, { name: 'decisions/d.dmn', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toMatch(/_DTD_FORBIDDEN/);
  });

  test('a file that includes another', async () => {
    const include =
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>';
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes: fileOf(include) }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).not.toContain('root:');
  });
});

describe('X02 size and depth', () => {
  const nested = `${many(1000, (i) => `<subProcess id="s${i}">`)}${'</subProcess>'.repeat(1000)}`;
  const flows = `<task id="a"/><task id="b"/>${many(501, (i) => `<sequenceFlow id="f${i}" sourceRef="a" targetRef="b"/>`)}`;
  test.each([
    ['BPMN_LIMIT_DEPTH', fileOf(nested)],
    ['BPMN_LIMIT_ELEMENTS', fileOf(many(25_000, (i) => `<task id="t${i}"/>`))],
    ['BPMN_LIMIT_ATTRIBUTE', fileOf(`<task id="a" name="${'x'.repeat(65_537)}"/>`)],
    ['BPMN_LIMIT_FLOWS', fileOf(flows)],
  ])('%s', async (code, bytes) => {
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toContain(code);
  });

  test('a file of more than five million bytes', async () => {
    const { status } = await deployed([{ name: 'process.bpmn', bytes: ' '.repeat(5_000_001) }]);
    expect(status).toBe('413 HTTP_BODY_TOO_LARGE');
  });

  test('more than twenty million bytes', async () => {
    const parts = [1, 2, 3, 4, 5].map((n) => ({ name: `${n}.bpmn`, bytes: ' '.repeat(4_500_000) }));
    expect((await deployed(parts)).status).toBe('413 HTTP_BODY_TOO_LARGE');
  });

  test('more than two hundred files', async () => {
    const parts = Array.from({ length: 201 }, (_, n) => ({ name: `${n}.md`, bytes: 'x' }));
    expect((await deployed(parts)).status).toBe('413 HTTP_BODY_TOO_LARGE');
  });
});

describe('X03 what does not fit together', () => {
  test.each([
    ['an id twice', '<task id="a"/><task id="a"/>'],
    ['a flow to nowhere', '<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>'],
    ['an id that is none', '<task id="1 a"/>'],
    ['an element that nobody knows', '<mystery id="a"/>'],
    ['an unclosed element', '<task id="a">'],
  ])('%s', async (_name, content) => {
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes: fileOf(content) }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toMatch(/^process\.bpmn: BPMN_|^p\/process\.bpmn: BPMN_/m);
  });
});

describe('X05 names of objects', () => {
  test.each(['__proto__', 'constructor', 'toString'])('an element %s', async (id) => {
    const bytes = fileOf(`<task id="${id}"/>`);
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toContain('BPMN_ID_RESERVED');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each(['{"__proto__":{"isPolluted":true}}', '{"constructor":{"prototype":{}}}'])(
    'variables %s',
    async (variables) => {
      const before = await kept();
      const answer = await world.ask({
        ...{ method: 'POST', url: '/v2/process-instances' },
        headers: { ...headers, 'content-type': 'application/json' },
        payload: `{"processDefinitionId":"nowhere","variables":${variables}}`,
      });
      expect([400, 404]).toContain(answer.statusCode);
      expect(({} as { isPolluted?: boolean }).isPolluted).toBeUndefined();
      expect(await kept()).toBe(before);
    },
  );
});

describe('X06 bytes', () => {
  const model = fileOf('<startEvent id="s"/>');
  test.each([
    ['UTF-16', Buffer.from(`\ufeff${model}`, 'utf16le')],
    ['UTF-7', Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${model}`)],
    ['Latin-1', Buffer.from(fileOf('<task id="a" name="café"/>'), 'latin1')],
    ['half a character', Buffer.from([...Buffer.from(model), 0xc3])],
    ['a NUL', Buffer.from(fileOf('\0'))],
  ])('%s', async (_name, bytes) => {
    const { status, detail } = await deployed([{ name: 'process.bpmn', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toMatch(/BPMN_ENCODING_UNSUPPORTED|'process.bpmn' is not UTF-8/);
  });

  test('a form of another character set', async () => {
    const parts = [{ name: 'process.bpmn', bytes: model }];
    const bytes = Buffer.from('{"name": "café"}', 'latin1');
    const { status, detail } = await deployed([...parts, { name: 'forms/a.form', bytes }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
    expect(detail).toContain("'forms/a.form' is not UTF-8");
  });

  test.each([
    ...['application/json', 'text/xml', 'multipart/form-data', 'multipart/mixed; boundary=x'],
    ...['multipart/form-data; boundary=', 'multipart/form-data; boundary=x', 'none'],
  ])('a model as %s', async (type) => {
    const before = await kept();
    const answer = await world.ask({
      ...{ method: 'POST', url: '/v2/deployments', payload: model },
      headers: { ...headers, 'content-type': type },
    });
    expect(`${answer.statusCode} ${answer.json().title}`).toBe('400 INVALID_ARGUMENT');
    expect(await kept()).toBe(before);
    expect(world.troubles).toEqual([]);
  });

  test('a form that breaks off', async () => {
    const before = await kept();
    const form = formOf([{ name: 'process.bpmn', bytes: model }]);
    const answer = await world.ask({
      ...{ method: 'POST', url: '/v2/deployments', payload: form.payload.subarray(0, -20) },
      headers: { ...headers, ...form.headers },
    });
    expect(`${answer.statusCode} ${answer.json().title}`).toBe('400 INVALID_ARGUMENT');
    expect(await kept()).toBe(before);
    expect(world.troubles).toEqual([]);
  });
});

describe('X13 paths', () => {
  test.each([
    ...['../process.bpmn', '/etc/process.bpmn', 'C:\\process.bpmn', 'forms/../../a.form'],
    ...['forms//a.form', './process.bpmn', 'forms\\a.form', '.ssh/config', 'a/b/c/d/e/f.form'],
  ])('%s', async (name) => {
    const yaml = { name: 'process.yaml', bytes: 'key: p' };
    const parts = [yaml, { name: 'process.bpmn', bytes: fileOf('<startEvent id="s"/>') }];
    const { status } = await deployed([...parts, { name, bytes: '{}' }]);
    expect(status).toBe('400 INVALID_ARGUMENT');
  });

  test('a file twice', async () => {
    const model = { name: 'process.bpmn', bytes: fileOf('<startEvent id="s"/>') };
    expect((await deployed([model, model])).status).toBe('400 INVALID_ARGUMENT');
  });
});

describe('a key of a deployment', () => {
  const send = (key: string, parts: readonly Part[]) => {
    const form = formOf(parts);
    return world.ask({
      ...{ method: 'POST', url: '/v2/deployments', payload: form.payload },
      headers: { ...headers, ...form.headers, 'idempotency-key': key },
    });
  };
  const model = (id: string): Part => ({
    name: 'process.bpmn',
    bytes: fileOf(`<startEvent id="${id}"/>`),
  });

  test('is of one request with its files', async () => {
    const first = await send('deployment-1', [model('s')]);
    expect(first.json().title).not.toBe('IDEMPOTENCY_KEY_USED');
    // The same files again are answered as before, whatever the form is divided by.
    const again = await send('deployment-1', [model('s')]);
    expect([again.statusCode, again.json()]).toEqual([first.statusCode, first.json()]);
    for (const parts of [[model('t')], [model('s'), { name: 'more.txt', bytes: 'x' }]]) {
      const other = await send('deployment-1', parts);
      expect([other.statusCode, other.json().title]).toEqual([409, 'IDEMPOTENCY_KEY_USED']);
    }
  });
});
