import { expect, test } from 'vitest';
import { idsIn, named } from '../../cli/people.js';

const ADA = '66adad2b-8833-4d28-9d11-7d7c9c998dd4';
const TOKEN = '02117d74-7430-4f8a-a940-4d7500f9e963';
const names = new Map([[ADA, 'ada']]);

test('ids are looked up that may be those of people: who acted, and upon whom', () => {
  const acts = [
    { actor: ADA, object: `user:${ADA} token:${TOKEN}` },
    { actor: null, object: `instance:${TOKEN}` },
    { actor: 'root', object: 'user:unknown' },
  ];
  expect(idsIn(acts)).toEqual([ADA]);
});

test.each([
  [
    { actor: ADA, object: 'route:users' },
    { actor: 'ada', object: 'route:users' },
  ],
  [
    { actor: null, object: `user:${ADA} token:${TOKEN}` },
    { actor: null, object: `user:ada token:${TOKEN}` },
  ],
  [
    { actor: TOKEN, object: `user:${TOKEN}` },
    { actor: TOKEN, object: `user:${TOKEN}` },
  ],
  // What is no person keeps its id, whoever has the same.
  [
    { actor: 'root', object: `instance:${ADA}` },
    { actor: 'root', object: `instance:${ADA}` },
  ],
])('%j', (act, shown) => {
  expect(named(act, names)).toEqual(shown);
});
