/** Element templates of a package: what is read of its files, and what takes whose place. */
import { expect, test } from 'vitest';
import { merged, templatesIn } from '../../web/features/designer/templates/templates-in.js';

test('one or a list a file, by name; what cannot be read is told', () => {
  const texts = {
    'templates/b.json': '{ "id": "b" }',
    'templates/a.json': '[{ "id": "a", "version": 1 }, { "id": "a", "version": 2 }]',
    'templates/broken.json': '{',
    'templates/number.json': '3',
    'templates/nothing.json': 'null',
    'examples/c.json': '{ "id": "c" }',
    'process.yaml': 'key: a',
  };
  expect(templatesIn(texts)).toEqual({
    templates: [{ id: 'a', version: 1 }, { id: 'a', version: 2 }, { id: 'b' }],
    unread: ['templates/broken.json', 'templates/nothing.json', 'templates/number.json'],
  });
});

test('one of the package takes the place of one of an activity that has its id and version', () => {
  const made = [{ id: 'a', version: 1 }, { id: 'b' }];
  const own = [
    { id: 'a', version: 2 },
    { id: 'b', name: 'Ours' },
  ];
  expect(merged(made, own)).toEqual([{ id: 'a', version: 1 }, ...own]);
});
