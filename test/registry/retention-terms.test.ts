import { expect, test } from 'vitest';
import { type Retained, termsOf } from '../../registry/index.js';

const saying = (processId: string, term: string | null): Retained => ({
  ...{ processId, version: 1, name: null },
  said: term === null ? null : { term, reason: { en: 'x', 'pt-BR': 'x' } },
});

test('terms are by process; one that says none has none, and no term is more than a database counts', () => {
  const terms = termsOf([
    saying('a', 'P1Y6M'),
    saying('b', null),
    saying('c', 'P99999999999999Y'),
    saying('d', 'PT999999999999999999S'),
    saying('e', 'P3000000W'),
    saying('f', 'P30D'),
  ]);
  expect(terms).toEqual({ a: 'P1Y6M', c: 'P9000Y', d: 'P9000Y', e: 'P9000Y', f: 'P30D' });
});
