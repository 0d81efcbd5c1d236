import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ELEMENTS } from '../../engine/elements/index.js';
import type { Finding } from '../../engine/errors/index.js';
import { compileFixture } from '../support/index.js';

const FOLDER = 'engine/elements';
const FIXTURES = 'test/fixtures/elements';

/** Names of the files that define an element. */
const defining = readdirSync(FOLDER)
  .filter((file) => /= defineElement</.test(readFileSync(`${FOLDER}/${file}`, 'utf8')))
  .map((file) => file.replace(/\.ts$/, ''));

/** The registry key of a file: `service-task` is `serviceTask`. */
const keyOf = (name: string): string =>
  name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

const fixturesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => file.replace(/\.bpmn$/, ''));

/** Decisions of a model lie beside it and are not part of it. */
const isWrong = ({ code, severity }: Finding): boolean =>
  severity !== 'warning' && code !== 'DEPLOY_DECISION_MISSING';

describe('every element', () => {
  test('is registered under the name of its file, and nothing else is', () => {
    expect(Object.keys(ELEMENTS).sort()).toEqual(defining.map(keyOf).sort());
    for (const [key, { kind }] of Object.entries(ELEMENTS)) expect(kind).toBe(key);
  });

  test.each(defining)('%s has a test, and a fixture of its own', (name) => {
    expect(existsSync(`test/elements/${name}.test.ts`)).toBe(true);
    const fixtures = existsSync(`${FIXTURES}/${name}`) ? fixturesIn(`${FIXTURES}/${name}`) : [];
    expect(fixtures.filter((file) => file.startsWith('valid-')).length).toBeGreaterThan(0);
  });

  test('has its token in one of its fixtures', async () => {
    for (const name of defining) {
      const kinds = await Promise.all(
        fixturesIn(`${FIXTURES}/${name}`).map(async (file) => {
          const { process } = await compileFixture(`elements/${name}/${file}`);
          return Object.values(process.nodes).map(({ kind }) => kind);
        }),
      );
      expect(kinds.flat(), name).toContain(keyOf(name));
    }
  });
});

describe('every fixture', () => {
  const all = ['elements', 'step', 'compile'].flatMap((folder) =>
    existsSync(`test/fixtures/${folder}`)
      ? fixturesIn(`test/fixtures/${folder}`).map((file) => `${folder}/${file}`)
      : [],
  );

  test('is sound, and every node and flow of it is drawn', async () => {
    for (const path of all) {
      const { findings, process } = await compileFixture(path);
      expect(findings.filter(isWrong), path).toEqual([]);
      const xml = readFileSync(`test/fixtures/${path}.bpmn`, 'utf8');
      for (const { id, outgoing } of Object.values(process.nodes)) {
        for (const drawn of [id, ...outgoing.map((flow) => flow.id)]) {
          expect(xml, path).toContain(`bpmnElement="${drawn}"`);
        }
      }
    }
  });
});
