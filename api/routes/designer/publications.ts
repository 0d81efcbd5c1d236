/** Publishing drafts: what it would do, and doing it. */
import type { FastifyInstance } from 'fastify';
import { draftStep, publicationPreview, published } from '../../../contracts/designer.js';
import type { AppState } from '../../deps.js';
import { designerOf, draftOf, publisherOf } from '../../designer/asking.js';
import { previewPublication, publish } from '../../designer/publication.js';
import { answerOf, inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { ABOUT } from './about.js';

/** Adds them. */
export function addPublications(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'previewPublication', ABOUT.previewPublication, async (request) => {
    const deps = designerOf(state);
    const draft = await draftOf(deps, request);
    const preview = await previewPublication(deps, draft, publisherOf(state, request));
    return answerOf(publicationPreview, preview);
  });
  addRoute(app, 'publishDraft', ABOUT.publishDraft, async (request) => {
    const deps = designerOf(state);
    const draft = await draftOf(deps, request);
    const { version, remark = null } = inputOf(draftStep, request.body);
    const made = await publish(deps, draft, { version, remark }, publisherOf(state, request));
    return answerOf(published, made);
  });
}
