/** Mail to several people: one each, and whom none reaches. Class: pure. */
import { ApplicationFailure } from '@temporalio/common';

/** One of each address, the first that has it: to one address a job sends one mail. */
export function onePerAddress<P extends { readonly mail: string }>(
  people: readonly P[],
): readonly P[] {
  const byAddress = new Map<string, P>();
  for (const one of people) {
    const address = one.mail.trim().toLowerCase();
    if (!byAddress.has(address)) byAddress.set(address, one);
  }
  return [...byAddress.values()];
}

const UNREACHABLE: readonly unknown[] = [
  'EMAIL_FIELD_INVALID',
  'EMAIL_REFUSED',
  'EMAIL_SUPPRESSED',
];

/** Whether a failure says that an address takes no mail, however often it is tried. */
export const takesNoMail = (error: unknown): boolean =>
  error instanceof ApplicationFailure && UNREACHABLE.includes(error.type);
