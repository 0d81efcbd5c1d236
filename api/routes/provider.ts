/**
 * Signing in by a provider of identities. The provider sends the browser back by a GET, which changes nothing here: its page
 * sends on what it brought, so that nobody is signed in by following a link.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AppState, depsOf } from '../deps.js';
import { byOf } from '../identities/by.js';
import { cookieOptions } from '../identities/cookie.js';
import {
  endByProvider,
  NOBODY,
  type Provider,
  signInByProvider,
} from '../identities/provider/index.js';
import {
  beginPending,
  isLocalPath,
  openPending,
  PENDING_MS,
  pendingCookie,
} from '../identities/provider/pending.js';
import { inputOf } from '../input.js';
import { type About, answers, FORM, NOTHING_TOLD, PAGE_ANSWER, sent } from '../openapi/about.js';
import { escaped, page } from '../pages/layout.js';
import { localeOf } from '../pages/locale.js';
import { PROVIDER_TEXTS } from '../pages/provider-texts.js';
import { addRoute } from '../plugins/routes.js';
import { FEW } from '../plugins/security.js';
import { Problem } from '../problem.js';
import { giveCookie } from './sign-in.js';

const START = z.strictObject({
  returnTo: z
    .string()
    .max(1000)
    .refine(isLocalPath, 'it is no path of this app')
    .default('/')
    .describe('A path of this app.'),
});
/** What the provider sends along: it decides what, we check what we know. */
const CAME_BACK = z.looseObject({ state: z.string().optional(), code: z.string().optional() });
const SENT_ON = z.strictObject({ query: z.string().max(12_000) });
const LOGOUT = z.object({ logout_token: z.string().max(12_000) });
const WAYS = z.strictObject({
  password: z.boolean(),
  provider: z.strictObject({ title: z.string(), url: z.string() }).nullable(),
});

const errors: About['errors'] = ['PROVIDER_REFUSED', 'PROVIDER_UNAVAILABLE', 'HTTP_NOT_FOUND'];
const ABOUT = {
  signInWays: {
    summary: 'Says how people sign in here',
    answers: answers(WAYS, {
      password: false,
      provider: { title: 'Company account', url: '/sign-in/provider' },
    }),
  },
  beginProvider: {
    summary: 'Begins to sign in by the provider of identities',
    query: START,
    answers: { ...NOTHING_TOLD, status: 302, says: 'On to the provider' },
    errors,
  },
  fromProvider: {
    summary: 'Shows the page that the provider sends people back to',
    query: CAME_BACK as unknown as z.ZodObject,
    answers: PAGE_ANSWER,
    errors,
  },
  signInByProvider: {
    summary: 'Signs in by what the provider sent',
    body: { ...sent(SENT_ON, { query: 'code=…&state=…' }), type: FORM },
    answers: { ...NOTHING_TOLD, status: 303, says: 'On to where the sign-in began' },
    errors: [...errors, 'PROVIDER_NO_ROLE', 'PROVIDER_STATE', 'SIGN_IN_REFUSED', 'LAST_ADMIN'],
  },
  endByProvider: {
    summary: 'Ends sessions that have ended at the provider',
    says: 'Back-channel logout: the provider sends a token that it signed.',
    body: { ...sent(LOGOUT, { logout_token: 'eyJ…' }), type: FORM },
    answers: { ...NOTHING_TOLD, status: 200 },
    errors,
  },
} satisfies Record<string, About>;

const LARGE = { bodyLimit: 16_384, most: FEW };

/** Adds them. */
export function addProvider(app: FastifyInstance, state: AppState, isHttps: boolean): void {
  const cookie = pendingCookie(isHttps);
  const providerOf = (): Provider => {
    const { provider } = depsOf(state).identities;
    if (!provider) throw new Problem('HTTP_NOT_FOUND');
    return provider;
  };
  addRoute(app, 'signInWays', ABOUT.signInWays, () => {
    const { provider } = depsOf(state).identities;
    const by = provider && { title: provider.settings.title, url: '/sign-in/provider' };
    return { password: !provider, provider: by };
  });
  addRoute(app, 'beginProvider', ABOUT.beginProvider, async (request, reply) => {
    const { client, cookieKey } = providerOf();
    const { returnTo } = inputOf(START, request.query);
    const begun = beginPending(cookieKey, returnTo, depsOf(state).identities.now());
    const address = await client.addressOf(begun.pending);
    const options = { ...cookieOptions(isHttps), maxAge: PENDING_MS / 1000 };
    return reply.setCookie(cookie, begun.cookie, options).redirect(address, 302);
  });
  addRoute(app, 'fromProvider', ABOUT.fromProvider, (request, reply) => {
    providerOf();
    const [, query = ''] = request.url.split('?');
    return answerPage(request, reply, query);
  });
  addRoute(
    app,
    'signInByProvider',
    ABOUT.signInByProvider,
    async (request, reply) => {
      const provider = providerOf();
      const { identities } = depsOf(state);
      const { query } = inputOf(SENT_ON, request.body);
      const pending = openPending(provider.cookieKey, request.cookies[cookie], identities.now());
      void reply.clearCookie(cookie, cookieOptions(isHttps));
      const by = byOf(request, identities);
      try {
        if (!pending || new URLSearchParams(query).get('state') !== pending.state) {
          throw new Problem('PROVIDER_STATE');
        }
        const secret = await signInByProvider(provider, identities.people, pending, query, by);
        giveCookie(reply, secret, isHttps);
      } catch (error) {
        if (error instanceof Problem) {
          const told = { action: 'signIn', object: NOBODY, data: { address: request.ip } };
          await identities.people.noteRefusal(by, told, error.code);
        }
        throw error;
      }
      return reply.redirect(pending.returnTo, 303);
    },
    LARGE,
  );
  addRoute(
    app,
    'endByProvider',
    ABOUT.endByProvider,
    async (request, reply) => {
      const { identities } = depsOf(state);
      const { logout_token: token } = inputOf(LOGOUT, request.body);
      await endByProvider(providerOf(), identities.people, token, byOf(request, identities));
      return reply.code(200).send();
    },
    LARGE,
  );
}

/** It sends on what it brought by itself, or at the press of its button where there is no script. */
function answerPage(request: FastifyRequest, reply: FastifyReply, query: string): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  const texts = PROVIDER_TEXTS[locale];
  const form = `<form method="post" action="/sign-in/provider/callback" data-go>
<input type="hidden" name="query" value="${escaped(query)}">
<p>${escaped(texts.says)}</p>
<button type="submit">${escaped(texts.button)}</button>
</form>`;
  return reply.type('text/html; charset=utf-8').send(page(locale, texts.title, form));
}
