/**
 * `demand.send`: a mail that asks for money. The ledger and the case are read once more where the mail is about to go,
 * at each attempt: one that waited for a mail server and was paid meanwhile does not go.
 */
import * as z from 'zod';
import type { Json } from '../engine/model/index.js';
import { COLLECTION_CASE } from '../store/index.js';
import { readLedger, statementOf } from '../store/ledger/index.js';
import { ACCOUNT, CURRENCY, DAY } from './ledger/posting.js';
import { sendJobMail } from './mail-send.js';
import { CONTACT, MONEY, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = ACCOUNT.extend({
  caseId: z.string().min(1),
  asOf: DAY,
  recipient: CONTACT,
  data: z.record(z.string(), z.json()).default({}),
  locale: z.string().default('en'),
  /** Further amounts that the mail names, by name. */
  amounts: z.record(z.string(), MONEY.extend({ currency: CURRENCY })).default({}),
});

/** Invoices that a mail lists. */
const MOST_LINES = 20;

/** Thrown in the place of sending. */
class NothingToDemand extends Error {}

/**
 * `demand.send`: `{customerId, currency, caseId, asOf, recipient, data?, locale?}`, header `jornada:mail` →
 * `{demandSent, sentAt}`; `sentAt` is null when nothing was to be demanded any more.
 */
export const demandSend = sideEffect({
  type: 'demand.send',
  describes: {
    title: 'Send demand',
    says: 'Mails a demand, unless it was paid meanwhile.',
    output: {
      demandSent: 'whether it went',
      sentAt: 'when it went; null: nothing was owed any more',
    },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { recipient, data, locale } = input;
    const prepare = async () => {
      const told = await whatIsOwed(deps, input);
      if (!told) throw new NothingToDemand();
      return told;
    };
    try {
      const mail = { recipient, data, locale, whenUnknown: 'ask' as const, prepare };
      const { sentAt } = await sendJobMail(deps, job, mail);
      return { demandSent: true, sentAt };
    } catch (error) {
      if (error instanceof NothingToDemand) return { demandSent: false, sentAt: null };
      throw error;
    }
  },
});

/** What the mail tells, in the language of its recipient; null: there is nothing to ask for. */
async function whatIsOwed(
  { record }: SideEffectDeps,
  { customerId, currency, caseId, asOf, recipient, amounts, ...input }: z.infer<typeof INPUT>,
): Promise<Readonly<Record<string, Json>> | null> {
  const found = await record.table(COLLECTION_CASE).get(caseId);
  if (found?.state !== 'open') return null;
  const statement = statementOf(await readLedger(record, customerId), currency, asOf);
  if (statement.collectableMinor <= 0) return null;
  const locale = recipient.locale ?? input.locale;
  const invoices = statement.invoices
    .filter(({ isDisputed }) => !isDisputed)
    .slice(0, MOST_LINES)
    .map(({ number, dueDate, ageDays, balanceMinor }) => ({
      ...{ number, dueDate, ageDays, balance: moneyText(balanceMinor, currency, locale) },
    }));
  const further = Object.entries(amounts).map(([name, money]) => [
    name,
    moneyText(money.minor, money.currency, locale),
  ]);
  const amount = moneyText(statement.collectableMinor, currency, locale);
  return { amount, invoices, ...Object.fromEntries(further) };
}

/** An amount as people of a language write it. */
function moneyText(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(isLanguage(locale) ? locale : 'en', {
    style: 'currency',
    currency,
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

/** Whether a text is written as a language is: `pt_BR` is not, and mails have English then. */
function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
