import { expect, test } from 'vitest';
import { decideAgain, storedDecisions, storedModels } from '../support/stored-decisions.js';

test.each(storedModels())('%s is decided as it was', async (model) => {
  const { process, decisions } = await storedDecisions(model);
  expect(decisions.length).toBeGreaterThan(0);
  for (const stored of decisions) {
    const { result, after } = decideAgain(process, stored);
    expect(result).toEqual(stored.result);
    expect(after).toEqual(stored.after);
  }
});
