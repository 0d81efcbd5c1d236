import { describe, expect, test } from 'vitest';
import { splitCell } from '../../engine/decisions/cell-text.js';

const cells: readonly (readonly [text: string, isNegated: boolean, tests: readonly string[]])[] = [
  ['1', false, ['1']],
  ['"a,b", "c\\",d"', false, ['"a,b"', '"c\\",d"']],
  ['[1..2), (3..4], ]5..6[, > 7', false, ['[1..2)', '(3..4]', ']5..6[', '> 7']],
  ['not([1..2), "a")', true, ['[1..2)', '"a"']],
  ['not( ]1..2[ )', true, [']1..2[']],
  ['not (f(1, 2), [3, 4][1])', true, ['f(1, 2)', '[3, 4][1]']],
  ['not(a) and not(b)', false, ['not(a) and not(b)']],
  ['? in ]1..2[, list[1]', false, ['? in ]1..2[', 'list[1]']],
  ['1 /* , ) */, 2 // , end', false, ['1 /* , ) */', '2 // , end']],
  ['{a: 1, b: 2}, `x,y`', false, ['{a: 1, b: 2}', '`x,y`']],
];

describe('splitCell', () => {
  test.each(cells)('%s', (text, isNegated, tests) => {
    expect(splitCell(text)).toEqual({ isNegated, tests });
  });
});
