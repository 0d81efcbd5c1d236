import type { ErrorRow } from './kinds.js';

/** Codes of the app's HTTP server. Their texts go to people outside: they say nothing of anybody. */
export const API_ERRORS = {
  APP_PORT_TAKEN: {
    kind: 'failure',
    text: 'Expected port {port} to be free for the app, but another program has it; stop that, or set PORT.',
  },
  HOLD_PROCESS_MISSING: {
    kind: 'rejection',
    text: "Expected the process 'legal-hold' to place the hold, but {detail}; deploy it, or correct what it was given.",
  },
  HTTP_BODY_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a short request, but it is too long; send what the page sends.',
  },
  HTTP_CROSS_SITE: {
    kind: 'rejection',
    text: 'Expected a request of our own page, but another site sent it; open the link from the mail.',
  },
  HTTP_INTERNAL: {
    kind: 'failure',
    text: 'Expected to answer, but something failed here; try again later, and tell us the request id {request}.',
  },
  HTTP_NOT_FOUND: {
    kind: 'rejection',
    text: 'Expected the address of a page, but there is none here; open the link from the mail.',
  },
  HTTP_NOT_READY: {
    kind: 'rejection',
    text: 'Expected the app to be ready, but it is starting; try again in a moment.',
  },
  HTTP_PARTS_SILENT: {
    kind: 'rejection',
    text: 'Expected all that the app stands on to answer, but this does not: {parts}; try again in a moment, and ask `jornada doctor` where it stays so.',
  },
  HTTP_REQUEST_INVALID: {
    kind: 'rejection',
    text: 'Expected a form or JSON with the text of a link, but it was something else; open the link from the mail.',
  },
  HTTP_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer requests from one address, but there were too many; try again in a minute.',
  },
  HOOK_BUSY: {
    kind: 'failure',
    text: 'Expected to publish the message of the webhook, but the engine cannot take it now ({detail}); send it again a little later.',
  },
  HOOK_MAPPING: {
    kind: 'rejection',
    text: "Expected the body of the webhook to give a message, but {detail}; send what was agreed, or let an admin change the hook's mapping.",
  },
  LINK_EXPIRED: {
    kind: 'rejection',
    text: 'Expected a link in its time, but that is over; ask for a new one.',
  },
  LINK_REPLACED: {
    kind: 'rejection',
    text: 'Expected the newest link, but a newer one was sent; open that.',
  },
  LINK_REVOKED: {
    kind: 'rejection',
    text: 'Expected a link that is in force, but it was revoked; ask for a new one.',
  },
  LINK_UNKNOWN: {
    kind: 'rejection',
    text: 'Expected a link of ours that still works, but this is none; open the newest link from the mail, whole.',
  },
  LINK_USED_UP: {
    kind: 'rejection',
    text: 'Expected a link with downloads left, but all were used; ask for a new one.',
  },
  NUMBER_INEXACT: {
    kind: 'rejection',
    text: "Expected numbers that stay what they are, but '{where}' has more digits than a number here holds; send it as a text.",
  },
  WEBHOOK_SIGNATURE: {
    kind: 'rejection',
    text: 'Expected a webhook that is signed with the secret of this hook, in the last five minutes, but it is not; sign webhook-id, webhook-timestamp and the body as they are sent.',
  },
  WEBHOOK_URL: {
    kind: 'rejection',
    text: 'Expected the address of a webhook to be of the public internet or allowed by the operator, but {detail}; name another, or set JORNADA_HTTP_ALLOW.',
  },
  WEBHOOKS_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer than {most} webhooks, but there are so many already; remove one that nobody needs.',
  },
} as const satisfies Record<string, ErrorRow>;
