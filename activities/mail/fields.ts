/**
 * Fields of a mail that come from outside, checked before any library sees them: a line end in a header adds a
 * header. Class: pure. Source: RFC 5321 §4.5.3.1, RFC 5322 §2.2, OWASP ASVS 1.3.11.
 */
import { ApplicationFailure } from '@temporalio/common';
import { explain } from '../../engine/errors/index.js';

/** Control characters, line and paragraph separators, marks that turn the reading direction, halves of pairs. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are refused
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;

const MOST_HEADER = 300;

function refused(field: string, detail: string): ApplicationFailure {
  const message = explain('EMAIL_FIELD_INVALID', { field, detail });
  return ApplicationFailure.nonRetryable(message, 'EMAIL_FIELD_INVALID');
}

/** A text that may stand in a header. Errors: `EMAIL_FIELD_INVALID`, for good. */
export function headerText(field: string, text: string): string {
  if (UNSAFE.test(text)) throw refused(field, 'holds a line end or another control character');
  if (text.length > MOST_HEADER) throw refused(field, `has more than ${MOST_HEADER} characters`);
  return text;
}

/** Whether a text is one line of plain characters, such as a header may hold. */
export function isPlainLine(text: string): boolean {
  return !UNSAFE.test(text);
}

/** Whether a text is one plain mail address: no name, no group, no list. */
export function isMailAddress(text: string): boolean {
  const [local = ''] = text.split('@');
  const hasDots = local.startsWith('.') || local.endsWith('.') || local.includes('..');
  return isPlainLine(text) && ADDRESS.test(text) && !hasDots;
}

/** One plain mail address. Errors: `EMAIL_FIELD_INVALID`, for good. */
export function mailAddress(field: string, text: string): string {
  if (!isMailAddress(text)) throw refused(field, 'is not one plain mail address');
  return text;
}
