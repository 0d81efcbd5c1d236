/** Drafts: begun from a package, changed file by file, handed in, given back, given up. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  draftFileRow,
  draftRow,
  draftStep,
  draftsPage,
  newDraft,
  savedFile,
  wholeDraft,
} from '../../../contracts/designer.js';
import type { Drafts } from '../../../store/index.js';
import type { AppState } from '../../deps.js';
import { designerOf, draftOf, fileVersionIn, publisherOf } from '../../designer/asking.js';
import { sourcesOf } from '../../designer/workspace.js';
import { answerOf, inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT } from './about.js';
import { DRAFTS, FILE } from './inputs.js';

/** A model with its JSON around it. */
const LARGE = { bodyLimit: 6_000_000 };

/** Adds them. */
export function addDrafts(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'drafts', ABOUT.drafts, async (request) => {
    const { limit, from, packageKey, state: at } = inputOf(DRAFTS, request.query);
    const filter = { ...(packageKey && { packageKey }), ...(at && { state: at }) };
    const { items } = await designerOf(state).store.drafts.search({
      filter,
      limit: limit + 1,
      from,
    });
    const next = items.length > limit ? String(from + limit) : null;
    return answerOf(draftsPage, { items: items.slice(0, limit), next });
  });
  addRoute(app, 'createDraft', ABOUT.createDraft, async (request, reply) => {
    const { store } = designerOf(state);
    const { packageKey: key, title, basedOn } = inputOf(newDraft, request.body);
    const hash = basedOn ?? (await store.definitions.versions(key, 1)).at(0)?.hash;
    const found = hash === undefined ? null : await sourcesOf(store, key, hash);
    if (!found || hash === undefined) throw new Problem('NOT_FOUND');
    const { by, loginName } = publisherOf(state, request);
    const files = { ...found.companions, ...found.files };
    const made = { packageKey: key, title, basedOn: hash, files };
    const draft = await store.drafts.create(made, loginName, by);
    const rows = await store.drafts.files(draft.draftId);
    return reply.code(201).send(answerOf(wholeDraft, { draft, files: rows }));
  });
  addRoute(app, 'draft', ABOUT.draft, async (request) => {
    const deps = designerOf(state);
    const draft = await draftOf(deps, request);
    const files = await deps.store.drafts.files(draft.draftId);
    return answerOf(wholeDraft, { draft, files });
  });
  addRoute(app, 'draftFile', ABOUT.draftFile, async (request, reply) => {
    const deps = designerOf(state);
    const { draftId } = await draftOf(deps, request);
    const { path } = inputOf(FILE, request.query);
    const file = await deps.store.drafts.file(draftId, path);
    if (!file) throw new Problem('NOT_FOUND');
    return reply.header('etag', `"${file.version}"`).send(answerOf(draftFileRow, file));
  });
  addRoute(
    app,
    'saveDraftFile',
    ABOUT.saveDraftFile,
    async (request, reply) => {
      const deps = designerOf(state);
      const { draftId } = await draftOf(deps, request);
      const { path } = inputOf(FILE, request.query);
      const { content } = inputOf(savedFile, request.body);
      const ifVersion = fileVersionIn(request);
      const { loginName, by } = publisherOf(state, request);
      const change = { path, content, ifVersion };
      const file = await deps.store.drafts.save(draftId, change, { loginName, at: by.at });
      return reply.header('etag', `"${file.version}"`).send(answerOf(draftFileRow, file));
    },
    LARGE,
  );
  addRoute(app, 'deleteDraftFile', ABOUT.deleteDraftFile, async (request, reply) => {
    const deps = designerOf(state);
    const { draftId } = await draftOf(deps, request);
    const { path } = inputOf(FILE, request.query);
    const ifVersion = fileVersionIn(request);
    const { loginName, by } = publisherOf(state, request);
    await deps.store.drafts.remove(draftId, { path, ifVersion }, { loginName, at: by.at });
    return reply.code(204).send();
  });
  addRoute(app, 'submitDraft', ABOUT.submitDraft, (request) => step(request, 'submit'));
  addRoute(app, 'returnDraft', ABOUT.returnDraft, (request) => step(request, 'giveBack'));
  addRoute(app, 'discardDraft', ABOUT.discardDraft, (request) => step(request, 'discard'));

  async function step(
    request: FastifyRequest,
    to: keyof Pick<Drafts, 'submit' | 'giveBack' | 'discard'>,
  ) {
    const deps = designerOf(state);
    const { draftId } = await draftOf(deps, request);
    const { version, remark = null } = inputOf(draftStep, request.body);
    const { loginName, by } = publisherOf(state, request);
    const draft = await deps.store.drafts[to]({ draftId, version, remark }, loginName, by);
    return answerOf(draftRow, draft);
  }
}
