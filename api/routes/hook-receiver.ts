/** Takes a webhook in: signed, in time, once, and then the message that its hook makes of it is published. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { refusedAs } from '../camunda/refusals.js';
import { type AppState, depsOf } from '../deps.js';
import { idIn } from '../input.js';
import { type About, answers } from '../openapi/about.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { messageOf, receivedBody } from '../webhooks/message.js';
import { isSigned, shownIn } from '../webhooks/signatures.js';

const TAKEN = z.strictObject({ outcome: z.enum(['published', 'repeated']) });

const ABOUT: About = {
  summary: 'Takes a webhook in, and publishes the message that its hook makes of it',
  says: `Any JSON, with the headers of Standard Webhooks: \`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`. The body is signed as it is
sent, within five minutes. The same \`webhook-id\` again changes nothing.`,
  answers: answers(TAKEN, { outcome: 'published' }),
  errors: ['HOOK_BUSY', 'HOOK_MAPPING', 'WEBHOOK_SIGNATURE'],
};

/** Bytes of a body, and requests of an address in a minute. */
const MOST = { bodyLimit: 256 * 1024, most: 600 };

/** Adds it, with bodies as they were sent: what is signed is bytes. */
export async function addHookReceiver(app: FastifyInstance, state: AppState): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, read) =>
      read(null, body),
    );
    addRoute(
      scope,
      'receiveHook',
      ABOUT,
      async (request, reply) => {
        const { camunda, identities } = depsOf(state);
        const { hooks } = camunda.store;
        const at = new Date(identities.now()).toISOString();
        const hookId = idIn(request, 'hookId');
        const hook = await hooks.get(hookId, at);
        if (!hook?.isActive) throw new Problem('NOT_FOUND');
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const shown = shownIn(request.headers);
        if (!shown || !isSigned(bytes, shown, hook.secrets)) throw new Problem('WEBHOOK_SIGNATURE');
        if (await hooks.wasTaken(hookId, shown.id)) return reply.send({ outcome: 'repeated' });
        const message = messageOf(hook, { id: shown.id, body: receivedBody(bytes), at });
        // Published first: who dies in between publishes it again under its id, and that is taken once.
        const asker = { actor: `hook:${hookId}`, requestId: message.messageId, reason: null };
        const timeToLive = `PT${hook.timeToLiveMs / 1000}S`;
        const input = { ...message, name: hook.messageName, timeToLive };
        const published = await camunda.operate('publish', input, asker);
        if (!published.ok) throw refusalOf(published.code);
        await hooks.noteTaken(hookId, shown.id, at);
        return reply.send({ outcome: 'published' });
      },
      MOST,
    );
    done();
  });
}

/** Who sends tries again where that may help. */
function refusalOf(code: string): Problem {
  const [status] = refusedAs(code);
  if (status >= 500) return new Problem('HOOK_BUSY', { detail: code }, RETRY_S);
  return new Problem('HOOK_MAPPING', { detail: `the engine refuses it (${code})` });
}

const RETRY_S = 5;
