/** The compose files hang together, and name no variable that Jornada does not know. No Docker is needed to tell. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../../worker/start/index.js';

interface Service {
  readonly image: string;
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly user?: string;
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: object;
  readonly volumes?: object;
  readonly secrets?: object;
}

const FOLDER = 'temporal-docker';
const read = (name: string): Compose =>
  parse(readFileSync(join(FOLDER, name), 'utf8'), { merge: true }) as Compose;
const names = (table: object | undefined): readonly string[] => Object.keys(table ?? {});
const known = VARIABLES.flatMap(({ name }) => name.split(', '));
const OPERATING = readFileSync('docs/operating.md', 'utf8');

describe.each(['compose.yaml', 'compose.dev.yaml'])('%s', (name) => {
  const compose = read(name);
  const services = Object.entries(compose.services);

  test.each(services)('%s refers to what is there', (_service, one) => {
    expect(names(compose.services)).toEqual(expect.arrayContaining([...names(one.depends_on)]));
    expect(names(compose.networks)).toEqual(expect.arrayContaining([...(one.networks ?? [])]));
    expect(names(compose.secrets)).toEqual(expect.arrayContaining([...(one.secrets ?? [])]));
    const sources = (one.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    const files = sources.filter((source) => source.startsWith('.'));
    expect(files.filter((file) => !existsSync(join(FOLDER, file)))).toEqual([]);
    const volumes = sources.filter((source) => !source.startsWith('.'));
    expect(names(compose.volumes)).toEqual(expect.arrayContaining([...volumes]));
  });

  test.each(services)(
    '%s is pinned, begins again, and listens on loopback alone',
    (_service, one) => {
      expect(one.image).toMatch(/:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
      expect(one.restart).toMatch(/^(unless-stopped|on-failure:\d+)$/);
      for (const port of one.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    },
  );
});

const jornada = Object.entries(read('compose.yaml').services).filter(([, { image }]) =>
  image.startsWith('jornada:'),
);

test.each(jornada)(
  '%s runs as nobody special on a file system that it cannot write',
  (_name, one) => {
    expect(one).toMatchObject({ user: '1000:1000', read_only: true });
    expect(one.healthcheck?.test).toContain('doctor');
    const variables = names(one.environment);
    expect(variables.filter((variable) => !known.includes(variable))).toEqual([]);
  },
);

test('every variable of the environment stands in docs/operating.md', () => {
  expect(known.filter((name) => !OPERATING.includes(name))).toEqual([]);
});

test('the file of the environment sets variables that are known', () => {
  const script = readFileSync(join(FOLDER, 'make-secrets.sh'), 'utf8');
  const [, text = ''] = /jornada\.env <<ENV\n([\s\S]*?)\nENV/.exec(script) ?? [];
  const set = Array.from(text.matchAll(/^([A-Z_]+)=/gm), ([, name = '']) => name);
  expect(set.length).toBeGreaterThan(2);
  expect(set.filter((name) => !known.includes(name))).toEqual([]);
});

test('the image is made of a pinned one, and of what the lock file says', () => {
  const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
  expect(dockerfile).not.toMatch(/FROM [^:\s]+(\s|$)|:latest/);
  expect(dockerfile).toContain('npm ci --ignore-scripts');
  expect(dockerfile).toMatch(/^USER node$/m);
});
