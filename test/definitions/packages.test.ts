/** Our own packages: they lint without a finding, which says most; their scenarios hold; they open in a modeler. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Liquid } from 'liquidjs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderMail } from '../../activities/mail/template.js';
import { main } from '../../cli/main.js';
import { PACKAGE } from '../../contracts/package.js';

const ROOT = 'definitions';
const PACKAGES = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'process.yaml')))
  .map(({ name }) => name);

const readFiles = (name: string): Readonly<Record<string, string>> => {
  const folder = join(ROOT, name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => /\.\w+$/.test(path) && statSync(join(folder, path)).isFile())
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
};

const collector = () => {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: false }), text: () => text };
};
const jornada = async (...args: string[]) => {
  const [stdout, stderr] = [collector(), collector()];
  const around = { stdout: stdout.stream, stderr: stderr.stream, environment: {} };
  const code = await main(args, around);
  return { code, out: stdout.text() };
};

describe.each(PACKAGES)('package %s', (name) => {
  test('lints without a finding', async () => {
    const { code, out } = await jornada('lint', join(ROOT, name), '--json');
    expect([code, JSON.parse(out).findings]).toEqual([0, []]);
  });

  test('has scenarios that hold', { timeout: 120_000 }, async () => {
    const { code, out } = await jornada('scenario', 'run', name, '--json', '--quiet');
    const reports = out
      .trim()
      .split('\n')
      .map((line): { readonly ok: boolean } => JSON.parse(line));
    expect([code, reports.filter(({ ok }) => !ok)]).toEqual([0, []]);
  });

  test('opens in a modeler: everything has a shape or an edge, and a platform', () => {
    for (const [path, text] of Object.entries(readFiles(name))) {
      if (!path.endsWith('.bpmn')) continue;
      expect(text).toContain('modeler:executionPlatform="Camunda Cloud"');
      const drawn = [...text.matchAll(/bpmnElement="([^"]+)"/g)].map(([, id]) => id);
      const ids = [
        ...text.matchAll(
          /<bpmn:(?:\w+(?:Event|Gateway|[tT]ask|Process|Activity|Flow)|lane|participant) id="([^"]+)"/g,
        ),
      ];
      expect(ids.length).toBeGreaterThan(3);
      expect(ids.map(([, id]) => id).filter((id) => !drawn.includes(id))).toEqual([]);
      expect(new Set(drawn).size).toBe(drawn.length);
    }
  });

  test('has mails of short subjects that ask for the same in both languages', () => {
    const files = readFiles(name);
    const { mails } = PACKAGE.parse(parse(files['process.yaml'] ?? ''));
    const liquid = new Liquid();
    for (const [mail, { sample }] of Object.entries(mails)) {
      const variables = ['en', 'pt-BR'].map((locale) => {
        const { subject, locale: shown } = renderMail(files, mail, locale, sample);
        expect([shown, subject.length <= 78]).toEqual([locale, true]);
        const text = files[`mail/${mail}.${locale}.liquid`] ?? '';
        return [...liquid.globalVariablesSync(liquid.parse(text))].sort();
      });
      expect([mail, variables[1]]).toEqual([mail, variables[0]]);
    }
  });
});
