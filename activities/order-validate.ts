/**
 * `order.validate`: what a person has to correct before a contract can be made. A fault of the order is its result,
 * never a failure. Class: side effect only in name: it reads its input and nothing else.
 */
import * as z from 'zod';
import { isZone } from '../contracts/time-text.js';
import { isMailAddress } from './mail/fields.js';
import { CONTACT, MONEY, sideEffect } from './side-effect.js';
import { isCountry, isCurrency, isLocale } from './standard-codes.js';
import { checkTaxId } from './tax-id/index.js';

const LOOSE_CONTACT = CONTACT.extend({
  name: z.string().default(''),
  mail: z.string().default(''),
});

const INPUT = z.object({
  taxId: z.string().default(''),
  legalName: z.string().default(''),
  country: z.string().default(''),
  seats: z.number(),
  billingContact: LOOSE_CONTACT,
  adminContact: LOOSE_CONTACT,
  users: z.array(LOOSE_CONTACT).default([]),
  tz: z.string().default(''),
  locale: z.string().default(''),
  dpaVersion: z.string().default(''),
  value: MONEY,
});

type Order = z.infer<typeof INPUT>;

/** One fault: `field` is a path, `code` is for translation, `message` is in English. */
interface Problem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** `order.validate`: the order → `{orderProblems}`. */
export const orderValidate = sideEffect({
  type: 'order.validate',
  describes: {
    title: 'Validate order',
    says: 'Tells what a person has to correct before a contract can be made.',
    output: { orderProblems: 'faults of the order' },
  },
  input: INPUT,
  run: async (order) => ({ orderProblems: problemsOf(order).map((problem) => ({ ...problem })) }),
});

/** What is wrong with an order, in the order of its fields. */
export function problemsOf(order: Order): readonly Problem[] {
  const { users, billingContact, adminContact } = order;
  return [
    ...FIELDS.flatMap(([field, isSound, code, message]) =>
      isSound(order) ? [] : [{ field, code, message }],
    ),
    ...taxProblems(order),
    ...contactProblems('billingContact', billingContact),
    ...contactProblems('adminContact', adminContact),
    ...users.flatMap((user, index) => contactProblems(`users.${index}`, user)),
  ];
}

const FIELDS: readonly (readonly [
  field: string,
  isSound: (order: Order) => boolean,
  code: string,
  message: string,
])[] = [
  ['legalName', ({ legalName }) => legalName.trim() !== '', 'REQUIRED', 'There is no legal name.'],
  [
    'country',
    ({ country }) => isCountry(country),
    'COUNTRY_UNKNOWN',
    'There is no such country; it is a code of two capital letters.',
  ],
  [
    'seats',
    ({ seats }) => Number.isInteger(seats) && seats > 0,
    'SEATS_INVALID',
    'The number of seats is no whole number above zero.',
  ],
  ['tz', ({ tz }) => isZone(tz), 'ZONE_UNKNOWN', 'There is no such time zone.'],
  ['locale', ({ locale }) => isLocale(locale), 'LOCALE_UNKNOWN', 'There is no such language.'],
  [
    'dpaVersion',
    ({ dpaVersion }) => /^\d{4}-\d{1,2}$/.test(dpaVersion),
    'DPA_MISSING',
    'The version of the data processing agreement is missing.',
  ],
  [
    'value.currency',
    ({ value }) => isCurrency(value.currency),
    'CURRENCY_UNKNOWN',
    'There is no such currency.',
  ],
];

const TAX_MESSAGES = {
  TAX_ID_FORMAT: 'The tax id does not have the form of its country.',
  TAX_ID_CHECK_DIGIT: 'The check digits of the tax id do not fit.',
} as const;

function taxProblems({ country, taxId }: Order): readonly Problem[] {
  const code = checkTaxId(country, taxId);
  return code === null ? [] : [{ field: 'taxId', code, message: TAX_MESSAGES[code] }];
}

function contactProblems(
  field: string,
  { name, mail, tz, locale }: Order['adminContact'],
): readonly Problem[] {
  const problem = (part: string, code: string, message: string): readonly Problem[] => [
    { field: `${field}.${part}`, code, message },
  ];
  return [
    ...(name.trim() === '' ? problem('name', 'REQUIRED', 'The contact has no name.') : []),
    ...(isMailAddress(mail) ? [] : problem('mail', 'MAIL_INVALID', 'This is no mail address.')),
    ...(tz === undefined || isZone(tz)
      ? []
      : problem('tz', 'ZONE_UNKNOWN', 'There is no such time zone.')),
    ...(locale === undefined || isLocale(locale)
      ? []
      : problem('locale', 'LOCALE_UNKNOWN', 'There is no such language.')),
  ];
}
