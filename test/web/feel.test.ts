/** What is completed in an expression: functions with what they do, and variables that are known at that place. */
import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { feelWords } from '../../web/features/designer/feel/completions.js';
import { functionAt } from '../../web/features/designer/feel/function-at.js';
import type { Moddle } from '../../web/features/designer/timers/timer-model.js';
import { readCompanions, readPackageFolder } from '../../worker/start/package-files.js';

const FOLDER = 'definitions/training';
const TEXTS = { ...(await readPackageFolder(FOLDER)).files, ...(await readCompanions(FOLDER)) };
const reader = new BpmnModdle({ zeebe }) as unknown as {
  readonly fromXML: (xml: string) => Promise<{
    readonly elementsById: Readonly<Record<string, Moddle>>;
  }>;
};
const { elementsById } = await reader.fromXML(readFileSync(`${FOLDER}/process.bpmn`, 'utf8'));
const WORDS = feelWords(() => TEXTS, {
  ...{ locale: 'en', declared: 'declared' },
  writtenIn: (places) => `written in ${places}`,
});
const known = async (id: string): Promise<Readonly<Record<string, string>>> => {
  const found = await WORDS.variables(elementsById[id] as Moddle);
  return Object.fromEntries(found.map(({ name, info }) => [name, info]));
};

describe('variables', () => {
  test('those of elements before, with where they are written, and those that are declared', async () => {
    const found = await known('remind-first');
    expect(found.settings).toBe('written in Load settings');
    expect(found.candidates).toContain('written in ');
    expect(found.seats).toBe('Seats\n\nwritten in Training is wanted');
    expect(found.requestedBy).toBe('Who asked for it\n\ndeclared');
  });

  test('what only comes later is not known', async () => {
    const early = await known('load-settings');
    expect(early).not.toHaveProperty('candidates');
    expect(early).toHaveProperty('customerId');
  });

  test('what a form asks for is known behind its task, and not at it', async () => {
    expect(await known('name-learners')).not.toHaveProperty('learnerIds');
    expect((await known('pick-learners')).learnerIds).toContain('Name learners');
  });

  test('a description that cannot be read declares nothing', async () => {
    const words = feelWords(() => ({ 'process.yaml': 'a: [' }), {
      ...{ locale: 'pt-BR', declared: 'd', writtenIn: (places) => places },
    });
    const found = await words.variables(elementsById['load-settings'] as Moddle);
    expect(found.map(({ name }) => name)).not.toContain('customerId');
  });
});

test('functions have their parameters, what they do, and an example', () => {
  const all = WORDS.functions();
  expect(all.find(({ name }) => name === 'business days after')).toEqual({
    ...{ name: 'business days after', type: 'function' },
    params: [{ name: 'from' }, { name: 'days' }, { name: 'calendar' }],
    info: expect.stringContaining('business days after(now(), 2, "office")'),
  });
  expect(all.map(({ name }) => name)).not.toContain('@');
});

test.each([
  ['abs(x)', 0, 'abs'],
  ['abs(x)', 4, 'abs'],
  ['abs(x)', 5, 'abs'],
  ['abs(x)', 6, null],
  ['max(1, abs(x), 3)', 16, 'max'],
  ['max(1, abs(x), 3)', 11, 'abs'],
  ['max((1 + 2), 3)', 6, 'max'],
  ['context put(a, "b", 1)', 3, 'context put'],
  ['1 + string length (a)', 8, 'string length'],
  ['myabs(x)', 4, null],
  ['abs', 1, null],
])('in %s at %i stands %s', (text, offset, name) => expect(functionAt(text, offset)).toBe(name));
