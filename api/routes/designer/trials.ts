/** Trying drafts out: what is wrong with them, their scenarios, plays, and element templates to draw with. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { elementTemplates } from '../../../activities/element-templates/index.js';
import {
  draftFileRow,
  draftFindings,
  packageDiff,
  played,
  scenarioReport,
} from '../../../contracts/designer.js';
import type { Script, Workspace } from '../../../designer/index.js';
import type { AppState } from '../../deps.js';
import {
  designerOf,
  draftOf,
  fileVersionIn,
  inThread,
  publisherOf,
} from '../../designer/asking.js';
import { filesOf, sourcesOf, surround } from '../../designer/workspace.js';
import { answerOf, inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT, TEMPLATES } from './about.js';
import { AGAINST, PLAY, RUN, SCENARIO } from './inputs.js';

/** A script with the records that it was given. */
const LARGE = { bodyLimit: 1_000_000 };

/** Adds them. */
export function addTrials(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'draftFindings', ABOUT.draftFindings, async (request) => {
    const deps = designerOf(state);
    const { draftId, packageKey: key, version } = await draftOf(deps, request);
    const { workspace, known } = await surround(
      deps.store,
      key,
      await filesOf(deps.store, draftId),
    );
    const findings = await inThread(deps, 'lint', { workspace, known });
    return answerOf(draftFindings, { version, findings });
  });
  addRoute(app, 'draftDiff', ABOUT.draftDiff, async (request) => {
    const deps = designerOf(state);
    const { draftId, packageKey: key, basedOn } = await draftOf(deps, request);
    const { from = basedOn } = inputOf(AGAINST, request.query);
    const old = from === null ? null : await sourcesOf(deps.store, key, from);
    if (from !== null && !old) throw new Problem('NOT_FOUND');
    const before = { ...old?.companions, ...old?.files };
    const files = await inThread(deps, 'diff', {
      before,
      after: await filesOf(deps.store, draftId),
    });
    return answerOf(packageDiff, { from, to: null, files });
  });
  addRoute(app, 'runScenarios', ABOUT.runScenarios, async (request) => {
    const deps = designerOf(state);
    const { draftId, packageKey: key } = await draftOf(deps, request);
    const { file: only = null } = inputOf(RUN, request.body ?? {});
    const { workspace } = await surround(deps.store, key, await filesOf(deps.store, draftId));
    return answerOf(scenarioReport, await inThread(deps, 'scenarios', { workspace, only }));
  });
  addRoute(
    app,
    'saveScenario',
    ABOUT.saveScenario,
    async (request, reply) => {
      const deps = designerOf(state);
      const { draftId, packageKey: key } = await draftOf(deps, request);
      const { file: path, name, script } = inputOf(SCENARIO, request.body);
      const ifVersion = fileVersionIn(request);
      const { workspace, files } = await surround(
        deps.store,
        key,
        await filesOf(deps.store, draftId),
      );
      const content = await inThread(deps, 'scenarioText', { workspace, script, files, name });
      const { loginName, by } = publisherOf(state, request);
      const change = { path, content, ifVersion };
      const file = await deps.store.drafts.save(draftId, change, { loginName, at: by.at });
      return reply.code(201).header('etag', `"${file.version}"`).send(answerOf(draftFileRow, file));
    },
    LARGE,
  );
  addRoute(
    app,
    'play',
    ABOUT.play,
    async (request) => {
      const deps = designerOf(state);
      const { script, ...of } = inputOf(PLAY, request.body);
      const { workspace, files } = await around(request, of);
      return answerOf(played, await playOf(deps, workspace, files, script));
    },
    LARGE,
  );
  addRoute(app, 'elementTemplates', ABOUT.elementTemplates, async () =>
    answerOf(TEMPLATES, { items: [...elementTemplates([])] }),
  );

  async function around(_request: FastifyRequest, of: Omit<z.output<typeof PLAY>, 'script'>) {
    const { store } = designerOf(state);
    if ((of.draftId === undefined) === (of.package === undefined)) {
      throw new Problem('INPUT_INVALID', {
        detail: 'it names not exactly one of draftId and package',
      });
    }
    if (of.package) {
      const { key, hash } = of.package;
      const found = await sourcesOf(store, key, hash);
      if (!found) throw new Problem('NOT_FOUND');
      return surround(store, key, { ...found.companions, ...found.files });
    }
    const draft = await store.drafts.get(of.draftId ?? '');
    if (!draft) throw new Problem('NOT_FOUND');
    return surround(store, draft.packageKey, await filesOf(store, draft.draftId));
  }
}

async function playOf(
  deps: ReturnType<typeof designerOf>,
  workspace: Workspace,
  files: readonly string[],
  script: Script,
) {
  const done = await inThread(deps, 'play', { workspace, script, files });
  return 'findings' in done
    ? { play: null, findings: done.findings }
    : { play: done, findings: [] };
}
