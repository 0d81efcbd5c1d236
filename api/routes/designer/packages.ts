/** Packages as folders: what is deployed of each, its files, and what differs between two of its versions. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import {
  migrated,
  newMigration,
  packageDiff,
  packageRemarks,
  packageSources,
  packagesPage,
  wholePackage,
} from '../../../contracts/designer.js';
import { DESCRIPTION_FILE, readDescription } from '../../../registry/index.js';
import type { Store } from '../../../store/index.js';
import type { AppState } from '../../deps.js';
import { pack } from '../../designer/archive.js';
import { designerOf, inThread, publisherOf, wordIn } from '../../designer/asking.js';
import { contentsOf } from '../../designer/contents.js';
import { judgeAll, runningOf } from '../../designer/instances.js';
import { remarksOf } from '../../designer/remarks.js';
import { sourcesOf } from '../../designer/workspace.js';
import { answerOf, inputOf } from '../../input.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';
import { ABOUT } from './about.js';
import { DIFF, PACKAGES } from './inputs.js';

const VERSIONS = 100;
const WORKING = { state: { $in: ['open', 'review'] } };

/** Adds them. */
export function addPackages(app: FastifyInstance, state: AppState): void {
  addRoute(app, 'packages', ABOUT.packages, async (request) => {
    const { limit, after = null } = inputOf(PACKAGES, request.query);
    const { store } = designerOf(state);
    const rows = await store.definitions.packages(limit + 1, after);
    const items = rows.slice(0, limit).map(async ({ description, ...row }) => {
      const filter = { ...WORKING, packageKey: row.key };
      const { total } = await store.drafts.search({ filter, limit: 1, withTotal: true });
      const { title = null, processes = {} } = descriptionIn(description) ?? {};
      return { ...row, title, processes, drafts: total?.count ?? 0 };
    });
    const next = rows.length > limit ? (rows[limit - 1]?.key ?? null) : null;
    return answerOf(packagesPage, { items: await Promise.all(items), next });
  });
  addRoute(app, 'package', ABOUT.package, async (request) => {
    const { store } = designerOf(state);
    const key = wordIn(request, 'packageKey');
    const versions = await store.definitions.versions(key, VERSIONS);
    const filter = { ...WORKING, packageKey: key };
    const { items: drafts } = await store.drafts.search({ filter, limit: VERSIONS });
    const [newest] = versions;
    // One that was never deployed is there as long as somebody works on it.
    if (!newest && drafts.length === 0) throw new Problem('NOT_FOUND');
    const found = newest ? await sourcesOf(store, key, newest.hash) : null;
    const description = descriptionIn(found?.files[DESCRIPTION_FILE] ?? null);
    const publishers = await publishersOf(store, key);
    return answerOf(wholePackage, {
      ...{ key, drafts, title: description?.title ?? null },
      purpose: description?.description ?? null,
      owner: description?.roles[description.owner] ?? null,
      files: contentsOf({ ...found?.files, ...found?.companions }, description),
      versions: versions.map((one) => ({ ...one, ...(publishers.get(one.hash) ?? UNKNOWN) })),
    });
  });
  addRoute(app, 'packageSources', ABOUT.packageSources, async (request) => {
    const [key, hash] = [wordIn(request, 'packageKey'), wordIn(request, 'hash')];
    const found = await sourcesOf(designerOf(state).store, key, hash);
    if (!found) throw new Problem('NOT_FOUND');
    return answerOf(packageSources, { key, hash, ...found });
  });
  addRoute(app, 'packageArchive', ABOUT.packageArchive, async (request, reply) => {
    const { store } = designerOf(state);
    const [key, hash] = [wordIn(request, 'packageKey'), wordIn(request, 'hash')];
    const [found, versions] = await Promise.all([
      sourcesOf(store, key, hash),
      store.definitions.versions(key, VERSIONS),
    ]);
    // One that is older than all that are looked at is as old as the oldest of them.
    const version = versions.find((one) => one.hash === hash) ?? versions.at(-1);
    if (!found || !version) throw new Problem('NOT_FOUND');
    const packed = pack(key, { ...found.files, ...found.companions }, version.deployedAt);
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${key}-${hash.slice(0, 8)}.zip"`)
      .send(Readable.from(packed, { objectMode: false }));
  });
  addRoute(app, 'packageRemarks', ABOUT.packageRemarks, async (request) => {
    const { store } = designerOf(state);
    const remarks = await remarksOf(store, wordIn(request, 'packageKey'));
    if (remarks === null) throw new Problem('NOT_FOUND');
    return answerOf(packageRemarks, remarks);
  });
  addRoute(app, 'packageDiff', ABOUT.packageDiff, async (request) => {
    const deps = designerOf(state);
    const key = wordIn(request, 'packageKey');
    if ((await deps.store.definitions.versions(key, 1)).length === 0)
      throw new Problem('NOT_FOUND');
    const { from, to } = inputOf(DIFF, request.query);
    const [old, now] = await Promise.all(
      [from, to].map((hash) => sourcesOf(deps.store, key, hash)),
    );
    if (!old || !now) throw new Problem('NOT_FOUND');
    const both = {
      before: { ...old.files, ...old.companions },
      after: { ...now.files, ...now.companions },
    };
    return answerOf(packageDiff, { from, to, files: await inThread(deps, 'diff', both) });
  });
  addRoute(app, 'migrateToNewest', ABOUT.migrateToNewest, async (request) => {
    const { store, operate } = designerOf(state);
    const key = wordIn(request, 'packageKey');
    const newest = (await store.definitions.versions(key, 1)).at(0);
    if (!newest) throw new Problem('NOT_FOUND');
    const { processId, instanceIds, reason, isDryRun } = inputOf(newMigration, request.body);
    const to = newest.processes.find((one) => one.processId === processId);
    if (!to) throw new Problem('NOT_FOUND');
    const { items } = await runningOf(store, processId, to.version);
    const chosen = items.filter(({ instanceId }) => instanceIds?.includes(instanceId) ?? true);
    const asker = { ...publisherOf(state, request).asker, reason };
    const instances = await judgeAll(chosen, async ({ instanceId }) => {
      const plan = { key: instanceId, version: to.version, mappings: [], isDryRun };
      const own = { ...asker, requestId: `${asker.requestId} ${instanceId}` };
      const done = await operate('migrateInstance', plan, own);
      if (!done.ok) return { code: done.code, message: done.message };
      return done.output.preview?.problems[0] ?? null;
    });
    return answerOf(migrated, { toVersion: to.version, instances });
  });
}

/** What a package says of itself; null: it cannot be read. */
const descriptionIn = (text: string | null) =>
  text === null ? null : readDescription(text, DESCRIPTION_FILE).description;

const UNKNOWN = { publishedBy: null, about: null } as const;

/** Who published a draft that became a version, by its hash, and what the draft was about: the first who did. */
async function publishersOf({ drafts }: Pick<Store, 'drafts'>, packageKey: string) {
  const filter = { packageKey, state: 'published' };
  const { items } = await drafts.search({ filter, limit: VERSIONS });
  return new Map(
    items.map(({ published, changedBy, title }) => [
      published,
      { publishedBy: changedBy, about: title || null },
    ]),
  );
}
