/** Several files of a draft at once: as changes, and as archives in and out. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { changedFiles, fileChanges, packageKey, uploaded } from '../../../contracts/designer.js';
import type { AppState } from '../../deps.js';
import { pack, type Unpacked, unpack } from '../../designer/archive.js';
import { designerOf, draftOf, draftVersionIn, publisherOf } from '../../designer/asking.js';
import { filesOf } from '../../designer/workspace.js';
import { answerOf, inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT } from './archives.about.js';
import { NEW_PACKAGE, UPLOAD } from './inputs.js';

/** What is packed: the files of a package are text, and become a fifth or less. */
const PACKED = { bodyLimit: 10_000_000 };
/** Models with their JSON around them. */
const LARGE = { bodyLimit: 12_000_000 };

/** Adds them. */
export async function addArchives(app: FastifyInstance, state: AppState): Promise<void> {
  addRoute(
    app,
    'changeDraftFiles',
    ABOUT.changeDraftFiles,
    async (request) => {
      const deps = designerOf(state);
      const { draftId } = await draftOf(deps, request);
      const { changes } = inputOf(fileChanges, request.body);
      const { loginName, by } = publisherOf(state, request);
      const given = changes.map(({ version, ...change }) => ({ ...change, ifVersion: version }));
      const items = await deps.store.drafts.change(draftId, given, { loginName, at: by.at });
      return answerOf(changedFiles, { items });
    },
    LARGE,
  );
  addRoute(app, 'draftArchive', ABOUT.draftArchive, async (request, reply) => {
    const deps = designerOf(state);
    const { draftId, packageKey: key, changedAt } = await draftOf(deps, request);
    const packed = pack(key, await filesOf(deps.store, draftId), changedAt);
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${key}.zip"`)
      .send(Readable.from(packed, { objectMode: false }));
  });
  // Archives are taken here and nowhere else.
  const withArchives: FastifyPluginAsync = async (scope) => {
    scope.addContentTypeParser('application/zip', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    addUploads(scope, state);
  };
  await app.register(withArchives);
}

function addUploads(app: FastifyInstance, state: AppState): void {
  addRoute(
    app,
    'uploadDraftArchive',
    ABOUT.uploadDraftArchive,
    async (request) => {
      const deps = designerOf(state);
      const { draftId } = await draftOf(deps, request);
      const { mode } = inputOf(UPLOAD, request.query);
      const version = draftVersionIn(request);
      const { files, leftOut } = await unpackedIn(request);
      const { loginName, by } = publisherOf(state, request);
      const upload = { draftId, version, files, isWhole: mode === 'replace' };
      const draft = await deps.store.drafts.upload(upload, loginName, by);
      const rows = await deps.store.drafts.files(draftId);
      return answerOf(uploaded, { draft, files: rows, leftOut });
    },
    PACKED,
  );
  addRoute(
    app,
    'createDraftFromArchive',
    ABOUT.createDraftFromArchive,
    async (request, reply) => {
      const { store } = designerOf(state);
      const { packageKey: asked, title } = inputOf(NEW_PACKAGE, request.query);
      const { files, leftOut, key: told } = await unpackedIn(request);
      const key = asked ?? told;
      if (!packageKey.safeParse(key).success || key === null) {
        const detail = 'its process.yaml names no package; say which it is by packageKey';
        throw new Problem('INPUT_INVALID', { detail });
      }
      const basedOn = (await store.definitions.versions(key, 1)).at(0)?.hash ?? null;
      const { by, loginName } = publisherOf(state, request);
      const draft = await store.drafts.create(
        { packageKey: key, title, basedOn, files },
        loginName,
        by,
      );
      const rows = await store.drafts.files(draft.draftId);
      return reply.code(201).send(answerOf(uploaded, { draft, files: rows, leftOut }));
    },
    PACKED,
  );
}

/** The package that was sent. Errors: `ARCHIVE_*`, `INPUT_INVALID`. */
function unpackedIn({ body }: FastifyRequest): Promise<Unpacked> {
  if (Buffer.isBuffer(body)) return unpack(body);
  throw new Problem('INPUT_INVALID', { detail: 'the body is no application/zip' });
}
