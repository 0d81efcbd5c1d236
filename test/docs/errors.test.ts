import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ERRORS, explain, reasonIn } from '../../engine/errors/index.js';
import { errorsPage } from '../../scripts/errors-page-text.js';

test('docs/errors.md and the catalogue list the same codes', () => {
  const page = readFileSync('docs/errors.md', 'utf8');
  const rows = page.matchAll(/^\| <a id="[a-z_0-9]+"><\/a>`([A-Z_0-9]+)`/gm);
  const documented = new Set(Array.from(rows, ([, code]) => code));
  expect(documented).toEqual(new Set(Object.keys(ERRORS)));
});

test('docs/errors.md is what the catalogue says today', () => {
  expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorsPage());
});

const GRAMMAR = /^Expected .+, but .+; .+\.$/s;

test.each(Object.entries(ERRORS))(
  '%s says what was expected, what is, and what to do',
  (_code, { text }) => {
    expect(text).toMatch(GRAMMAR);
  },
);

test('what others said is no sentence within a sentence', () => {
  const facts = { type: 'charge', detail: 'The card is blocked.' };
  expect(explain('JOB_FAILED', facts)).toContain('but it failed: The card is blocked; mend');
});

test('what failed inside is told by what it found alone', () => {
  const inner = explain('EXPRESSION_FAILED', {
    place: 'x',
    detail: 'FEEL_X: Expected a, but b; do c.',
  });
  expect(reasonIn(inner)).toBe('FEEL_X: Expected a, but b; do c');
  expect(reasonIn('no sentence of ours')).toBe('no sentence of ours');
});
