import { expect, test } from 'vitest';
import { isOfAnotherPage, isOfOurPage, type Sender } from '../../api/csrf.js';

const OWN = 'https://jornada.example';
const ours: Sender = {
  ...{ method: 'POST', site: 'same-origin', origin: OWN, token: 'right' },
  ...{ contentType: 'application/json', hasBody: true },
};
const isToken = (token: string): boolean => token === 'right';

const withCookie: readonly [string, Partial<Sender>, boolean][] = [
  ['our page', {}, true],
  ['our page, with a charset', { contentType: 'application/json; charset=utf-8' }, true],
  ['our page, with a file', { contentType: 'application/octet-stream' }, true],
  ['our page, without a body', { hasBody: false, contentType: undefined }, true],
  [
    'a read from anywhere',
    { method: 'GET', site: 'cross-site', origin: 'https://evil.example' },
    true,
  ],
  ['another site', { site: 'cross-site' }, false],
  ['another host of the same site', { site: 'same-site' }, false],
  ['an address that was typed', { site: 'none' }, false],
  ['a browser that does not say', { site: undefined }, false],
  ['another origin', { origin: 'https://evil.example' }, false],
  ['a subdomain', { origin: 'https://x.jornada.example' }, false],
  ['another port', { origin: `${OWN}:8443` }, false],
  ['without encryption', { origin: 'http://jornada.example' }, false],
  ['an origin that is hidden', { origin: 'null' }, false],
  ['no origin', { origin: undefined }, false],
  ['no token', { token: undefined }, false],
  ['an empty token', { token: '' }, false],
  ['the token of another session', { token: 'wrong' }, false],
  ['JSON as text', { contentType: 'text/plain' }, false],
  ['JSON that is hidden behind a text', { contentType: 'text/plain; application/json' }, false],
  ['a form', { contentType: 'application/x-www-form-urlencoded' }, false],
  ['a body of no type', { contentType: undefined }, false],
  ['DELETE of another site', { method: 'DELETE', hasBody: false, site: 'cross-site' }, false],
  ['a method in small letters', { method: 'get', site: 'cross-site' }, false],
];

test.each(withCookie)('with a session: %s', (_who, changes, isAllowed) => {
  expect(isOfOurPage({ ...ours, ...changes }, OWN, isToken)).toBe(isAllowed);
});

const withoutCookie: readonly [string, Partial<Sender>, boolean][] = [
  ['our page', { token: undefined }, false],
  ['a program', { site: undefined, origin: undefined, token: undefined }, false],
  ['another site', { site: 'cross-site' }, true],
  ['another host of the same site', { site: 'same-site' }, true],
  ['an old browser on another site', { site: undefined, origin: 'https://evil.example' }, true],
  ['a hidden origin', { site: undefined, origin: 'null' }, true],
  ['JSON as text', { site: undefined, origin: undefined, contentType: 'text/plain' }, true],
];

test.each(withoutCookie)('signing in: %s', (_who, changes, isAnother) => {
  expect(isOfAnotherPage({ ...ours, ...changes }, OWN)).toBe(isAnother);
});
