/**
 * Files of a task: attached, listed, fetched and taken away. Nothing of them is ever shown by this server as a page: they are saved.
 * Bytes go through piece by piece, both ways.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachment, attachmentList, attachmentRemoval } from '../../contracts/tasks.js';
import {
  type Attachment,
  type AttachmentBy,
  MOST_ATTACHMENT_BYTES,
  MOST_ATTACHMENTS,
  type UserTaskRow,
} from '../../store/index.js';
import { askerOf } from '../camunda/asking.js';
import type { AppState } from '../deps.js';
import { callerOf } from '../identities/principal.js';
import { answerOf, idIn, inputOf } from '../input.js';
import { type About, answers, file, NOTHING_TOLD, sent } from '../openapi/about.js';
import { AN_INSTANT } from '../openapi/examples.js';
import { keyedContent } from '../plugins/request-keys.js';
import { addRoute } from '../plugins/routes.js';
import { Problem } from '../problem.js';
import { createShaping, taskIn } from '../tasks/asking.js';
import { heldTo, kindOf } from '../tasks/attachment-kind.js';
import { nameSent, savedAs } from '../tasks/attachment-name.js';
import type { Shaping } from '../tasks/items.js';

const BYTES = 'application/octet-stream';
/** Room for what says that a file is too large, which the store counts byte by byte. */
const LARGE = { bodyLimit: MOST_ATTACHMENT_BYTES + 1 };

const A_FILE = {
  ...{ attachmentId: '01a21b9b-7ed4-775b-9dcc-8bd5a0fc1ae1', name: 'report.pdf' },
  ...{ mediaType: 'application/pdf', bytes: 48_213, attachedBy: 'cora', attachedAt: AN_INSTANT },
};

const ABOUT = {
  taskAttachments: {
    summary: 'Lists the files of a task',
    answers: answers(attachmentList, {
      ...{ items: [A_FILE], most: MOST_ATTACHMENTS, mostBytes: MOST_ATTACHMENT_BYTES },
    }),
  },
  attachToTask: {
    summary: 'Attaches a file to a task',
    says: "The body is the file; its name is sent in `Content-Disposition`, as `attachment; filename*=UTF-8''report.pdf`. The kind is known by the end of the name, and what is in the file has to fit it.",
    body: { type: BYTES, schema: z.file().describe('The file.'), example: null },
    answers: answers(attachment, A_FILE, 201),
    errors: [
      ...(['ATTACHMENT_NAME', 'ATTACHMENT_TOO_LARGE', 'ATTACHMENT_TYPE'] as const),
      ...(['ATTACHMENTS_TOO_MANY', 'TASK_OVER'] as const),
    ],
  },
  taskAttachment: {
    summary: 'Fetches a file of a task',
    says: 'It is to be saved, and is written down in the audit.',
    answers: file(BYTES, 'The file, with its own type'),
  },
  removeTaskAttachment: {
    summary: 'Takes a file of a task away',
    says: 'Whoever attached it may, while the task is open; an admin always, with a reason.',
    body: sent(attachmentRemoval, { reason: 'It was of another customer' }),
    answers: NOTHING_TOLD,
    errors: ['ATTACHMENT_NOT_YOURS'],
  },
} satisfies Record<string, About>;

/** Adds them. */
export async function addTaskAttachments(app: FastifyInstance, state: AppState): Promise<void> {
  const shapingOf = createShaping(state);
  addRoute(app, 'taskAttachments', ABOUT.taskAttachments, async (request) => {
    const shaping = await shapingOf(request);
    const { attachments } = shaping.deps.store.inbox;
    const items = await attachments.list(await taskIn(shaping, request));
    const limits = { most: MOST_ATTACHMENTS, mostBytes: MOST_ATTACHMENT_BYTES };
    return answerOf(attachmentList, { items: items.map(shown), ...limits });
  });
  addRoute(app, 'taskAttachment', ABOUT.taskAttachment, async (request, reply) => {
    const shaping = await shapingOf(request);
    const { one } = await attachmentIn(shaping, request);
    const { attachments } = shaping.deps.store.inbox;
    await attachments.noteReading(one, actorOf(shaping, request, null));
    return reply
      .type(one.mediaType)
      .header('content-length', String(one.bytes))
      .header('content-disposition', savedAs(one.name))
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(Readable.from(contentOf(attachments.pieces(one)), { objectMode: false }));
  });
  addRoute(app, 'removeTaskAttachment', ABOUT.removeTaskAttachment, async (request, reply) => {
    const shaping = await shapingOf(request);
    const { one, row } = await attachmentIn(shaping, request);
    const { reason } = inputOf(attachmentRemoval, request.body ?? undefined);
    assertMayRemove(shaping, request, { one, row, reason: reason || null });
    const by = actorOf(shaping, request, reason || null);
    const isRemoved = await shaping.deps.store.inbox.attachments.remove(one, by);
    if (!isRemoved) throw new Problem('NOT_FOUND');
    return reply.code(204).send();
  });
  // Bytes as they are get in here and nowhere else.
  const withBytes: FastifyPluginAsync = async (scope) => {
    scope.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));
    addAttaching(scope, state, shapingOf);
  };
  await app.register(withBytes);
}

function addAttaching(
  app: FastifyInstance,
  state: AppState,
  shapingOf: (request: FastifyRequest) => Promise<Shaping>,
): void {
  const attach = async (request: FastifyRequest): Promise<Attachment> => {
    const shaping = await shapingOf(request);
    const { instanceId, taskId } = await taskIn(shaping, request);
    const name = nameSent(request.headers['content-disposition']);
    const kind = kindOf(name);
    const { body } = request;
    if (!(body instanceof Readable)) {
      throw new Problem('INPUT_INVALID', { detail: `the body is no ${BYTES}` });
    }
    const { mediaType } = kind;
    const adding = shaping.deps.store.inbox.attachments.add(
      { attachmentId: randomUUID(), instanceId, taskId, name, mediaType },
      heldTo(kind, body.iterator({ destroyOnReturn: false })),
      actorOf(shaping, request, null),
      keyedContent(state, request),
    );
    return adding.catch((error) => readOut(body, error));
  };
  addRoute(
    app,
    'attachToTask',
    ABOUT.attachToTask,
    async (request, reply) =>
      reply.code(201).send(answerOf(attachment, shown(await attach(request)))),
    LARGE,
  );
}

/**
 * Reads on to the end of what was refused half-way, and keeps nothing of it: whoever still sends would not read why, and what they
 * ask next on the same connection would be lost. The server gives up on who takes too long.
 */
async function readOut(body: Readable, refused: unknown): Promise<never> {
  body.resume();
  await finished(body).catch(() => undefined);
  throw refused;
}

const shown = ({ instanceId: _i, taskId: _t, ...one }: Attachment) => one;

async function* contentOf(
  pieces: AsyncIterable<{ readonly content: Buffer }>,
): AsyncGenerator<Buffer> {
  for await (const { content } of pieces) yield content;
}

/** The file of the address, of a task that the caller sees. Errors: `NOT_FOUND`. */
async function attachmentIn(shaping: Shaping, request: FastifyRequest) {
  const row = await taskIn(shaping, request);
  const { attachments } = shaping.deps.store.inbox;
  const one = await attachments.get(row, idIn(request, 'attachmentId'));
  if (!one) throw new Problem('NOT_FOUND');
  return { one, row };
}

/** Errors: `ATTACHMENT_NOT_YOURS`, `INPUT_INVALID` where an admin says no reason. */
function assertMayRemove(
  { looking }: Shaping,
  request: FastifyRequest,
  { one, row, reason }: { one: Attachment; row: UserTaskRow; reason: string | null },
): void {
  if (one.attachedBy === looking.user && row.state === 'CREATED') return;
  if (!callerOf(request).writes.includes('admin')) throw new Problem('ATTACHMENT_NOT_YOURS');
  if (reason === null) throw new Problem('INPUT_INVALID', { detail: 'reason is missing' });
}

function actorOf(
  { looking, now }: Shaping,
  request: FastifyRequest,
  reason: string | null,
): AttachmentBy {
  const { requestId } = askerOf(request);
  return { actor: looking.user, requestId, reason, at: new Date(now).toISOString() };
}
