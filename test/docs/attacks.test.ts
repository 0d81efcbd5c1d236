import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/attacks.md', 'utf8');
const rows = [...page.matchAll(/^\| (X\d\d) .*$/gm)].map(([row, number = '']) => ({
  number,
  files: [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file),
}));

test('every attack is in the page once, or it says why not', () => {
  const all = Array.from({ length: 31 }, (_, n) => `X${String(n + 1).padStart(2, '0')}`);
  expect(rows.map(({ number }) => number)).toEqual(all.filter((one) => one !== 'X26'));
  expect(page).toContain('X26, ');
});

test.each(rows)('$number is tried by tests that there are', ({ files }) => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(existsSync(file), file).toBe(true);
});

test('a test that names an attack is named by its row', () => {
  const names = readdirSync('test', { recursive: true, encoding: 'utf8' });
  for (const file of names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`)) {
    for (const [, number] of readFileSync(file, 'utf8').matchAll(/describe\('(X\d\d)\b/g)) {
      const row = rows.find((one) => one.number === number);
      expect(row?.files, `${number} of ${file}`).toContain(file);
    }
  }
});
