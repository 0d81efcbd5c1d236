import { expect, test } from 'vitest';
import { finding } from '../../engine/errors/index.js';
import { elementsOf, unknownElements } from '../../engine/play/scenario/unknown-elements.js';

const deployment = {
  processes: [],
  sources: { models: [], decisions: [], forms: [] },
  mainId: null,
};

test('names are judged only where every process that may be called is there', () => {
  const whole = elementsOf({ ...deployment, findings: [] });
  expect(unknownElements({ never: ['a', 'a'] }, whole, 'expect')).toEqual([
    { at: 'expect.never', expected: 'an element', actual: "no model has 'a'" },
  ]);
  const computed = finding('BPMN_CALL_TARGET_UNKNOWN', 'call', { ref: '=name' });
  const partly = elementsOf({ ...deployment, findings: [computed] });
  expect(unknownElements({ never: ['a'] }, partly, 'expect')).toEqual([]);
});
