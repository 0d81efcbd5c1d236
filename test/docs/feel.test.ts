import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUILTIN_NAMES } from '../../engine/expressions/index.js';

test('docs/feel.md lists the functions that there are', () => {
  const page = readFileSync('docs/feel.md', 'utf8');
  const section = page.slice(page.indexOf('## Functions'), page.indexOf('Of these'));
  const listed = Array.from(section.matchAll(/`([^`]+)`/g), ([, name]) => name);
  expect(listed).toEqual(BUILTIN_NAMES.filter((name) => name !== '@'));
});
