/** Element templates: sound to Camunda's schema, and the file that modelers read is what the code says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateZeebe } from '@bpmn-io/element-templates-validator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  type ElementTemplate,
  elementTemplates,
  TEMPLATES_FILE,
  templatesText,
} from '../../activities/element-templates/index.js';
import { inputsOf } from '../../activities/element-templates/inputs.js';

const FILE = join('definitions', TEMPLATES_FILE);
const text = readFileSync(FILE, 'utf8');
const kept = JSON.parse(text) as readonly ElementTemplate[];

test(`${FILE} is what the code says; else run 'npx jornada templates'`, () => {
  expect(templatesText(elementTemplates(kept))).toBe(text);
});

describe.each(kept)('$id', (template) => {
  test('is sound to the schema of Camunda', () => {
    const { valid, errors } = validateZeebe(template);
    expect([valid, errors ?? []]).toEqual([true, []]);
  });

  test('binds no two properties to one place', () => {
    const places = (template.properties as { readonly binding: object }[]).map(({ binding }) =>
      JSON.stringify(binding),
    );
    expect(new Set(places).size).toBe(places.length);
  });
});

test('a template that changed gets the next version, one that did not keeps its own', () => {
  const [first, ...rest] = elementTemplates([]);
  const before = [{ ...first, version: 4, name: 'Before' } as ElementTemplate, ...rest];
  const [changed, same] = elementTemplates(before);
  expect([changed?.version, same?.version]).toEqual([5, 1]);
});

test('inputs are those of the schema, also of joined and alternative ones', () => {
  const one = z.object({ a: z.string(), kind: z.literal('one') });
  const two = z.object({ a: z.string(), b: z.enum(['x', 'y']).nullish() });
  const schema = z.union([one, two]).and(z.object({ c: z.boolean().default(true) }));
  const inputs = inputsOf(schema).map(({ name, isRequired, choices }) => [
    name,
    isRequired,
    choices,
  ]);
  expect(inputs.toSorted()).toEqual([
    ['a', true, null],
    ['b', false, ['x', 'y']],
    ['c', false, [true, false]],
    ['kind', false, ['one']],
  ]);
});
