/** Mail to several people: whom one mail reaches, and what says that none ever will. */
import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { onePerAddress, takesNoMail } from '../../activities/mail/reach.js';

test('people who share an address get one mail', () => {
  const people = [
    { mail: 'Ana@aurora.example', locale: 'pt-BR' },
    { mail: ' ana@aurora.example', locale: 'en' },
    { mail: 'rui@aurora.example', locale: 'en' },
  ];
  expect(onePerAddress(people).map(({ mail }) => mail)).toEqual([
    'Ana@aurora.example',
    'rui@aurora.example',
  ]);
});

test.each([
  ['EMAIL_REFUSED', true],
  ['EMAIL_SUPPRESSED', true],
  ['EMAIL_UNAVAILABLE', false],
  ['EMAIL_OUTCOME_UNKNOWN', false],
])('of %s it is %s that the address takes no mail', (type, is) => {
  expect(takesNoMail(ApplicationFailure.create({ type, message: 'as it is' }))).toBe(is);
});
