/** What the document says in words. Class: data. */
import type { Permission } from '../permissions.js';

/** On top of it, as Markdown. */
export const INTRODUCTION = `The API of Jornada, which runs BPMN 2.0 processes. Everything under \`/v2\` has the shapes of Camunda's
orchestration cluster REST API 8.9, so that its own clients work; everything under \`/api/v1\` is ours; the rest are pages.

**Who calls.** Programs show an API token: \`Authorization: Bearer jrn_…\`, or Basic with the owner's login name and the token as the password.
People have a session; requests of theirs that are no GET send \`X-CSRF-Token\` along, as \`GET /api/v1/me\` tells it (this page does so for
you when you are signed in). What each role may call stands with each route.

**What is sent** is JSON, and what a schema does not name is refused. **What goes wrong** is answered as \`application/problem+json\`
(RFC 9457) with a code; \`docs/errors.md\` says what to do about each. \`Idempotency-Key\` makes a repetition of whatever changes something
under \`/v2\` the same request; \`If-Match\` holds a change of a user task to the version that was read.`;

/** Under what a route stands: the first part of its address that says what it is about. */
export function tagOf(path: string): string {
  const [, first = '', second = '', third = ''] = path.split('/');
  if (first === 'scim') return 'SCIM';
  if (first === 'v2') return `Camunda: ${inWords(second)}`;
  return first === 'api' ? capital(inWords(third)) : 'Pages';
}

const inWords = (text: string): string => text.replaceAll('-', ' ');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const KINDS = {
  read: 'It changes nothing.',
  write: 'It changes something.',
  own: 'It changes nothing but your own access.',
} as const satisfies Record<Permission['kind'], string>;

/** Who may call a route. */
export const WHO = ({ who, kind, by, stepUp }: Permission): string => {
  const people =
    who === 'anonymous'
      ? 'anybody'
      : who === 'provisioner'
        ? 'the system that provisions people, by a token of its own'
        : who === 'signed-in'
          ? 'anybody who is signed in'
          : who.join(', ');
  const programs = by === 'any' || who === 'anonymous' ? '' : ', in a session alone';
  const fresh = stepUp ? ' A second factor has to have been shown within five minutes.' : '';
  return `**Who:** ${people}${programs}. ${KINDS[kind]}${fresh}`;
};
