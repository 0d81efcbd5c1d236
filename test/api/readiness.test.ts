import { expect, test } from 'vitest';
import { createReadiness } from '../../api/readiness.js';

const well = async () => ({ isWell: true });

test('names what is not well, what fails, and what does not answer in time', async () => {
  const readiness = createReadiness(
    {
      ...{ keys: well, database: async () => ({ isWell: false }) },
      mail: () => Promise.reject(new Error('gone')),
      Temporal: () => new Promise<never>(() => {}),
    },
    () => 0,
    20,
  );
  expect(await readiness()).toEqual(['database', 'mail', 'Temporal']);
});

test('asks once a second, however many ask, and sees that it is well again', async () => {
  let [asked, now, isWell] = [0, 1000, false];
  const probe = async () => {
    asked += 1;
    return { isWell };
  };
  const readiness = createReadiness({ database: probe }, () => now);
  const answers = await Promise.all([readiness(), readiness(), readiness()]);
  expect([answers, asked]).toEqual([[['database'], ['database'], ['database']], 1]);
  isWell = true;
  now = 1999;
  expect([await readiness(), asked]).toEqual([['database'], 1]);
  now = 2000;
  expect([await readiness(), asked]).toEqual([[], 2]);
});
