/** What `get ut` suggests to answer fits every form that there is, but for what a person has to write. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { suggestedAnswers } from '../../cli/suggestion.js';
import type { FieldRow } from '../../contracts/control.js';
import { fieldsOf, parseForm, validateSubmission } from '../../engine/forms/index.js';
import type { Variables } from '../../engine/model/index.js';

const FORMS = readdirSync('definitions', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.form'))
  .map((path) => `definitions/${path}`);
const SHOWN = { variables: {}, at: '2026-03-02T12:00:00.000Z', zone: 'America/Sao_Paulo' };

test.each(FORMS)('%s', (path) => {
  const { form } = parseForm(readFileSync(path, 'utf8'), path);
  if (!form) throw new Error(`${path} is no form`);
  const fields = fieldsOf(form, SHOWN) as readonly FieldRow[];
  const answers = suggestedAnswers(fields) as Variables;
  const chosen = fields.filter(({ options }) => options.length > 0).map(({ key }) => key);
  // A field that only an answer brings into view is asked for then.
  const problems = validateSubmission(form, answers, SHOWN).filter(
    ({ code, path: at }) =>
      code !== 'FORM_VALUE_REQUIRED' && chosen.includes(at.replace(/\.\d+$/, '')),
  );
  expect(problems).toEqual([]);
});

test('there are forms in which several may be chosen', () => {
  const text = FORMS.map((path) => readFileSync(path, 'utf8')).join();
  expect(text).toMatch(/"type": "checklist"/);
});

test('what is there is suggested only where it may be chosen', () => {
  const path = 'definitions/data-deletion/forms/sign.form';
  const { form } = parseForm(readFileSync(path, 'utf8'), path);
  if (!form) throw new Error(`${path} is no form`);
  // An earlier question of the same name was answered otherwise.
  const context = { ...SHOWN, variables: { decision: 'approve' } };
  const answers = suggestedAnswers(fieldsOf(form, context) as readonly FieldRow[]);
  expect(answers.decision).not.toBe('approve');
  expect(validateSubmission(form, answers as Variables, context)).toEqual([]);
});
