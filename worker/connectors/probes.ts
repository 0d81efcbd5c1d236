/**
 * Harmless tests of outside systems: each greets one and changes nothing. They are made by the process whose jobs use the
 * systems, with its credentials and its way out. Class: side effect.
 */
import { ApplicationFailure } from '@temporalio/common';
import { again, final } from '../../activities/failures.js';
import { destinationOf, type Egress } from '../../activities/http/egress.js';
import { exchange } from '../../activities/http/exchange.js';
import { greet, type SmtpTarget } from '../../activities/mail/smtp.js';
import { greetScim } from '../../activities/scim/not-found.js';
import type { ScimSystem } from '../../activities/systems/declaration.js';

/** For one answer. */
const WITHIN_MS = 8_000;

/** Says hello to a mail server, and signs in. @returns what it answered. Errors: `EMAIL_REFUSED`, `EMAIL_UNAVAILABLE` */
export async function probeMail(target: SmtpTarget): Promise<string> {
  const greeting = await greet({ ...target, timeoutMs: WITHIN_MS });
  if (greeting.kind === 'greeted') return greeting.isSignedIn ? 'EHLO, AUTH' : 'EHLO';
  if (greeting.kind === 'unreachable') {
    throw again('EMAIL_UNAVAILABLE', { detail: `it was not reached (${greeting.detail})` });
  }
  throw final('EMAIL_REFUSED', { status: greeting.status });
}

/** Asks a SCIM server what it can, by each of its credentials. Errors: those of `greetScim`. */
export async function probeScim(
  { id, baseUrl, withinSeconds, readToken, writeToken }: ScimSystem,
  { egress, now }: { readonly egress: Egress; readonly now: () => number },
): Promise<string> {
  const withinMs = Math.min(withinSeconds * 1000, WITHIN_MS);
  const place = { systemId: id, baseUrl, egress, now, withinMs };
  await greetScim({ ...place, token: readToken, use: 'reading' });
  await greetScim({ ...place, token: writeToken, use: 'writing' });
  return 'ServiceProviderConfig';
}

/** Asks for the head of an origin; whatever it answers, it is there. Errors: `EGRESS_DENIED`, `HTTP_UNAVAILABLE`. */
export async function probeHttp(origin: string, egress: Egress): Promise<string> {
  const destination = await destinationOf(`${origin}/`, egress);
  const request = { method: 'HEAD', headers: { 'user-agent': 'jornada' }, body: null };
  const answer = await exchange(destination, request, { withinMs: WITHIN_MS, mostBytes: 65_536 });
  if (answer.kind === 'answered') return `HEAD ${answer.status}`;
  throw again('HTTP_UNAVAILABLE', { detail: `it was not reached (${answer.detail})` });
}

/** Longer than one test takes with all that it asks. */
const WHOLE_MS = 20_000;

/** What a test came to. Never rejects but by a fault of ours. */
export async function verdictOf(
  probe: () => Promise<string>,
): Promise<{ readonly code: string | null; readonly detail: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const detail = `it took longer than ${WHOLE_MS / 1000} s`;
    timer = setTimeout(() => reject(again('HTTP_UNAVAILABLE', { detail })), WHOLE_MS);
  });
  try {
    return { code: null, detail: await Promise.race([probe(), late]) };
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || !error.type) throw error;
    return { code: error.type, detail: error.message };
  } finally {
    clearTimeout(timer);
  }
}
