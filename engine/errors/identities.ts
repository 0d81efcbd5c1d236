import type { ErrorRow } from './kinds.js';

/** Codes of users, sessions and API tokens. Those of signing in say the same whatever was wrong. */
export const IDENTITY_ERRORS = {
  CSRF: {
    kind: 'rejection',
    text: 'Expected a request of our own page with the token of its session, but it is not one; load the page again.',
  },
  DEMO_USERS_REFUSED: {
    kind: 'failure',
    text: "Expected no demo users in the production profile, but {names} can sign in with a password that everybody knows; start with JORNADA_PROFILE=development, disable each by 'jornada user disable NAME', then start again.",
  },
  FACTOR_MISSING: {
    kind: 'rejection',
    text: 'Expected somebody with a second factor, but there is none yet; begin one at your account.',
  },
  FACTOR_REQUIRED: {
    kind: 'rejection',
    text: 'Expected a code of the second factor beside the password, but there is none; send both.',
  },
  FACTOR_THERE: {
    kind: 'rejection',
    text: 'Expected somebody without a second factor, but there is one; take it away first.',
  },
  FACTOR_WRONG: {
    kind: 'rejection',
    text: 'Expected a code of the second factor that was not used, but it is another; wait for the next one.',
  },
  FORBIDDEN: {
    kind: 'rejection',
    text: 'Expected a caller who may do this, but the roles of this one do not allow it; ask an admin.',
  },
  IDEMPOTENCY_KEY_USED: {
    kind: 'rejection',
    text: 'Expected a key of its own for each request, but this Idempotency-Key was used for another one; make a new key.',
  },
  INPUT_INVALID: {
    kind: 'rejection',
    text: 'Expected a request as its route takes it, but {detail}; correct it.',
  },
  LAST_ADMIN: {
    kind: 'rejection',
    text: 'Expected an admin who can sign in to be left, but this is the last one; make another admin first.',
  },
  LOGIN_NAME_TAKEN: {
    kind: 'rejection',
    text: 'Expected a login name that nobody has, but there is one like it; choose another.',
  },
  NOT_FOUND: {
    kind: 'rejection',
    text: 'Expected something that is there and that the caller may see, but there is no such thing; look for it in its list.',
  },
  PASSWORD_COMMON: {
    kind: 'rejection',
    text: 'Expected a password that is hard to guess, but this one is among the first that anybody tries; choose another.',
  },
  PASSWORD_LENGTH: {
    kind: 'rejection',
    text: 'Expected a password of 12 to 128 characters, but it has another length; choose another.',
  },
  PASSWORD_WRONG: {
    kind: 'rejection',
    text: 'Expected the password that is in force, but it is another; try again.',
  },
  PORTFOLIO_PERSON_UNKNOWN: {
    kind: 'rejection',
    text: "Expected login names of people who look after a customer, but nobody is called '{person}'; see the list of people.",
  },
  PROVIDER_NO_ROLE: {
    kind: 'rejection',
    text: 'Expected somebody in a group that has a role here, but the provider of identities names none; ask whoever looks after the groups.',
  },
  PROVIDER_REFUSED: {
    kind: 'rejection',
    text: 'Expected the provider of identities to sign somebody in, but its answer does not hold; begin again.',
  },
  PROVIDER_STATE: {
    kind: 'rejection',
    text: 'Expected the answer to a sign-in that this browser began a moment ago, but it is not; begin again.',
  },
  PROVIDER_UNAVAILABLE: {
    kind: 'rejection',
    text: 'Expected the provider of identities to answer, but it does not; try again in a moment.',
  },
  READ_ONLY: {
    kind: 'rejection',
    text: 'Expected a request that only reads, but this one changes something and auditors change nothing; ask an admin.',
  },
  REASON_REQUIRED: {
    kind: 'rejection',
    text: 'Expected an auditor who reads values to say why, but there is no reason; send it in the header Jornada-Reason.',
  },
  RESOURCE_EXHAUSTED: {
    kind: 'rejection',
    text: 'Expected fewer requests of one caller, but there were too many; try again after the seconds that Retry-After tells.',
  },
  SECRET_SHOWN_ONCE: {
    kind: 'rejection',
    text: 'Expected a request that was not carried out yet, but this one was, under the same Idempotency-Key, and showed a secret that is shown once; look whether what it made is there, and make another one.',
  },
  SIGN_IN_REFUSED: {
    kind: 'rejection',
    text: 'Expected a login name and its password, but they do not fit; try again, or ask an admin for a new link.',
  },
  SIGN_IN_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected fewer attempts to sign in, but there were too many; wait, then try again.',
  },
  STEP_UP_REQUIRED: {
    kind: 'rejection',
    text: 'Expected a second factor shown within five minutes, but that is longer ago; show it again, then repeat.',
  },
  TOKEN_INSUFFICIENT: {
    kind: 'rejection',
    text: 'Expected a token that may do this, but it may not, though its owner may; use one with another scope, or sign in where a person is meant.',
  },
  TOKEN_EXPIRY: {
    kind: 'rejection',
    text: 'Expected a token to end within a year from now, but its end is another; correct it.',
  },
  TOKEN_SCOPE: {
    kind: 'rejection',
    text: 'Expected scopes of roles that the owner of the token has, but {scope} is of another; leave it out.',
  },
  UNAUTHENTICATED: {
    kind: 'rejection',
    text: 'Expected a session or an API token that is in force, but there is none; sign in.',
  },
  UNKNOWN_PROPERTY: {
    kind: 'rejection',
    text: 'Expected only properties that the route takes, but {detail}; leave them out.',
  },
  USER_DISABLED: {
    kind: 'rejection',
    text: "Expected a user who is not disabled, but '{name}' is; have an admin enable them first.",
  },
  USER_UNKNOWN: {
    kind: 'rejection',
    text: "Expected the login name of a user, but there is no '{name}'; see 'jornada user list'.",
  },
} as const satisfies Record<string, ErrorRow>;
