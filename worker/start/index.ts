/**
 * Everything of `jornada start` in one process: data folder, database, Temporal, mail, worker, definitions, control.
 * It ends in the reverse order, so that whatever still runs has what it needs. Class: side effect. Source: docs/design.md D14.
 */
import { resolve } from 'node:path';
import {
  type AppServer,
  type CamundaDeps,
  createOpenExport,
  createReadiness,
  createUseAccess,
  makeSetUpLink,
  type PasswordLink,
  startApp,
} from '../../api/index.js';
import { createDesigner } from '../../designer/index.js';
import { explain } from '../../engine/errors/index.js';
import { createRegistry } from '../../registry/index.js';
import { createExportFiles, openStore, type Sealing, type Store } from '../../store/index.js';
import { bundleVerifier, careForAudit } from '../audit/index.js';
import { createConnectors } from '../connectors/index.js';
import { createOperate } from '../control/operations.js';
import type { ControlParts } from '../control/parts.js';
import { serveControl } from '../control/server.js';
import { createCustomers } from '../customers/index.js';

import { createFileKeys, createSealing, openLocalKeyring } from '../encryption/index.js';
import { createErasurePorts } from '../erasure/index.js';
import { type RunningEngine, startEngine } from '../index.js';
import { startMailCatcher } from '../mail-catcher/index.js';
import { careForLeavers, type LeaverCare } from '../people/leavers.js';
import { careForTaskMails } from '../task-mails/index.js';
import { careForWebhooks, refusalOf } from '../webhooks/index.js';
import { type DataFolder, placesIn, takeDataFolder } from './data-folder.js';
import { type Deployed, deployDefinitions } from './definitions.js';
import { createDemoBooks, type DemoBooks } from './demo-books.js';
import { shareCustomers } from './demo-portfolio.js';
import { createDemoUsers, type DemoUsers, refuseDemoUsers } from './demo-users.js';
import { type Environment, readStartConfig, type StartConfig } from './environment.js';
import { asStartFailure, StartFailure, startFailure } from './failure.js';
import { byOfEngine, createIdentityDeps, createProvider } from './identities.js';
import { keyringLock } from './keyring-lock.js';
import { noteStarted, startingOn } from './progress.js';
import { createServices, egressOf } from './services.js';
import { createStages, type StartReport } from './stages.js';
import { type OpenTemporal, openTemporal } from './temporal.js';
import { keepStoreFit } from './upkeep.js';
import { describeWeb, openWeb } from './web.js';

export { type Environment, VARIABLES } from './environment.js';
export { StartFailure } from './failure.js';
export { STAGES, type StageName, type StartReport } from './stages.js';

/** How to start. */
export interface StartOptions {
  readonly folder: string;
  readonly isFresh: boolean;
  /** Port of the Temporal development server: it must be free. Null: 7233, or any when that is taken. */
  readonly temporalPort: number | null;
  readonly mayDownload: boolean;
  /** Folder of packages to deploy. */
  readonly definitions: string;
  readonly environment: Environment;
  readonly version: string;
  /** Aborted: ends what was started so far and rejects with its reason. */
  readonly signal: AbortSignal;
  readonly report: StartReport;
}

/** All that runs. */
export interface RunningJornada {
  readonly folder: DataFolder;
  readonly config: StartConfig;
  readonly temporal: OpenTemporal;
  readonly mailUrl: string;
  /** What links begin with. */
  readonly publicUrl: string;
  readonly deployed: Deployed;
  readonly controlPath: string;
  readonly demoBooks: DemoBooks;
  readonly demoUsers: DemoUsers;
  /** Makes the link by which the first admin comes to be; null: there is one. */
  readonly setUpLink: () => Promise<PasswordLink | null>;
  /** Resolves with the reason when the worker ends though nobody asked. */
  readonly failed: Promise<StartFailure>;
  /** Ends all in order; a second call waits for the first. */
  readonly close: () => Promise<void>;
}

type Closers = (() => Promise<void> | void)[];

/** Starts all of it. Errors: `CONFIG_INVALID`, those of the data folder and of each stage. */
export async function startJornada(options: StartOptions): Promise<RunningJornada> {
  const config = await readStartConfig(options.environment).catch((error: unknown) => {
    throw asStartFailure(error, 'the configuration');
  });
  const folder = takeFolder(options);
  const closers: Closers = [folder.release, () => noteStarted(folder.path)];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= closeAll(closers);
    return closing;
  };
  try {
    return { ...(await startParts(options, config, folder, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function takeFolder({ folder, isFresh }: StartOptions): DataFolder {
  const starting = startingOn(resolve(folder));
  if (starting !== null) {
    throw startFailure('DATA_FOLDER_STARTING', { folder: resolve(folder), ...starting });
  }
  return takeDataFolder(folder, isFresh);
}

async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.toReversed()) await close();
}

async function startParts(
  options: StartOptions,
  config: StartConfig,
  folder: DataFolder,
  closers: Closers,
): Promise<Omit<RunningJornada, 'close'>> {
  const { signal, version } = options;
  const places = placesIn(folder.path, config);
  const stage = createStages(options.report, folder.path);
  // The database holds what is sealed under these keys, and is never written without them.
  const keyProvider = await openLocalKeyring({
    folder: places.keys,
    masterKey: config.masterKeyBytes,
    exclusive: keyringLock(config),
  }).catch((error: unknown) => {
    throw asStartFailure(error, 'the keyring');
  });
  const sealing = createSealing(keyProvider);
  const server = stage.prepare('temporal', () => openTemporal(config, places.temporal, options));
  const web = stage.prepare('web', () => openWeb(signal));
  const database = stage.prepare('database', () => openDatabase(config, places.database, sealing));
  // Temporal ends last, for whoever came later may need it to the end; so does what starts beside a failure.
  closers.push(
    async () => (await server.result.catch(() => null))?.stop(),
    async () => (await database.result.catch(() => null))?.close(),
  );
  const store = await stage.await('database', database, (open) => describeStore(open, config));
  await refuseDemoUsers(store, config);
  const temporal = await stage.await(
    'temporal',
    server,
    ({ detail }) => detail,
    places.temporalLog,
  );
  signal.throwIfAborted();
  const mail = await stage.run(
    'mail',
    () => openMail(config, places.mail),
    ({ detail }) => detail,
  );
  closers.push(mail.close);
  signal.throwIfAborted();
  const { sealer, fingerprint } = sealing;
  const record = store.customerRecord(sealer, { ensure: keyProvider.createAll });
  const engineRuns = createSignal<RunningEngine>();
  const erasure = createErasurePorts({
    ...{ store, keyProvider, sealer, version, mailbox: mail.mailbox },
    ...{ auditKeys: places.auditKeys, exportsFolder: places.exports },
    running: engineRuns.promise,
  });
  const customers = createCustomers({ record, fingerprint });
  const exportFiles = createExportFiles({
    folder: places.exports,
    keys: createFileKeys(keyProvider),
  });
  // It listens before the worker runs: links in mails begin with its address.
  const app = await stage.run(
    'app',
    () => startApp(config.app, (error) => options.report.trouble(error, 'app')),
    describeApp,
  );
  closers.push(app.close);
  const { publicUrl } = app;
  let leavers: LeaverCare | null = null;
  const provider = createProvider(
    config.signIn,
    publicUrl,
    await fingerprint('sign-ins by a provider'),
    (error) => options.report.trouble(error, 'people'),
  );
  const identities = createIdentityDeps(store, publicUrl, { ...config, provider }, () =>
    leavers?.look(),
  );
  const failing = createSignal<StartFailure>();
  const running = await stage.run(
    'worker',
    () =>
      startEngine({
        address: temporal.address,
        namespace: config.temporalNamespace,
        taskQueue: config.taskQueue,
        store,
        keyProvider,
        services: createServices(config, {
          ...{ store, record, erasure, fingerprint, exportFiles, publicUrl, version },
          smtpUrl: mail.url,
        }),
        dataFolder: folder.path,
        ...(config.maxCachedWorkflows !== null && {
          maxCachedWorkflows: config.maxCachedWorkflows,
        }),
        onWorkerFailed: (error) => failing.resolve(workerEnded(error)),
      }),
    () => `ready   task queue ${config.taskQueue}`,
  );
  engineRuns.resolve(running);
  const audit = careForAudit(
    { store, checkpoints: places.checkpoints, anchor: config.auditAnchor },
    { keyProvider, folder: places.auditKeys },
    (error) => options.report.trouble(error, 'audit'),
  );
  leavers = careForLeavers({
    ...{ store, engine: running.engine, now: Date.now },
    trouble: (error) => options.report.trouble(error, 'people'),
  });
  const egress = egressOf(config.httpAllow);
  const parts: ControlParts = {
    engine: running.engine,
    batches: running.batches,
    deletion: running.deletion,
    connectors: createConnectors({
      ...{ store, egress, systems: config.systems, smtp: { url: mail.url }, now: Date.now },
      isMailCaught: config.smtpUrl === null,
    }),
    store,
    registry: createRegistry(store),
    keyProvider,
    customers,
    identities,
    audit,
    temporalHealth: () => healthOf(running),
    version,
    folder: folder.path,
    startedAt: new Date().toISOString(),
  };
  const designer = createDesigner();
  closers.push(designer.close);
  const webhooks = careForWebhooks({
    ...{ store, egress, now: Date.now },
    trouble: (error) => options.report.trouble(error, 'webhooks'),
  });
  // It is made once: nothing of it changes while this runs.
  let verifying: Promise<string> | null = null;
  const verifier = (): Promise<string> => {
    verifying ??= bundleVerifier();
    return verifying;
  };
  const camunda: CamundaDeps = {
    ...{ store, version, operate: createOperate(parts), registry: parts.registry },
    cursorSecret: Buffer.from(await fingerprint('cursors of the API')),
  };
  app.open({
    useAccess: createUseAccess({ store, publish: running.engine.publish, now: Date.now }),
    openExport: createOpenExport({ store, record, files: exportFiles, now: Date.now }),
    readiness: createReadiness(
      { database: () => store.health(), Temporal: () => healthOf(running) },
      Date.now,
    ),
    identities,
    records: {
      ...{ record, registry: parts.registry, seal: audit.seal, verifier },
      searchCustomers: customers.search,
    },
    camunda,
    designer: {
      ...{ designer, byTwo: config.publishesByTwo },
      foresee: (instanceId, migration, after) =>
        running.engine.previewMigration(instanceId, { ...migration, actor: null }, after),
    },
    webhooks: { refusalOf: (url) => refusalOf(egress, url), look: webhooks.look },
  });
  const taskMails = config.tellsOfTasks
    ? careForTaskMails({
        ...{ camunda, effects: store.effects, smtp: { url: mail.url }, sender: config.sender },
        ...{ publicUrl, fingerprint, now: Date.now },
        trouble: (error) => options.report.trouble(error, 'mail'),
      })
    : null;
  // Nobody is let in any more before the worker ends, and closing the app twice is as once. The log is signed a last
  // time after the worker has written what it still had.
  closers.push(
    audit.close,
    running.close,
    keepStoreFit(store, customers),
    leavers.close,
    webhooks.close,
    async () => taskMails?.close(),
    app.close,
  );
  await customers.endSilentImports();
  signal.throwIfAborted();
  const deployed = await stage.run(
    'definitions',
    () => deployDefinitions({ ...store, engine: running.engine }, options.definitions),
    ({ summary }) => summary,
  );
  const built = await stage.await('web', web, describeWeb);
  if ('app' in built) app.show(built.app);
  signal.throwIfAborted();
  const control = await serveControl(parts, options.report.trouble);
  closers.push(control.close);
  noteStarted(folder.path);
  return {
    folder,
    config,
    temporal,
    mailUrl: mail.url,
    publicUrl,
    deployed,
    controlPath: control.path,
    demoBooks: createDemoBooks({ store, record }),
    demoUsers: createDemoUsers(identities, config, (csm) => shareCustomers({ store, record }, csm)),
    setUpLink: () => makeSetUpLink(identities, byOfEngine()),
    failed: failing.promise,
  };
}

function describeApp({ publicUrl, address, hasMoved }: AppServer): string {
  const moved = hasMoved ? ' (its port was taken)' : '';
  return `ready   ${publicUrl}${publicUrl.endsWith(address) ? '' : ` at ${address}`}${moved}`;
}

function openDatabase(
  { databaseUrl }: StartConfig,
  folder: string,
  sealing: Sealing,
): Promise<Store> {
  return openStore({ databaseUrl, folder: databaseUrl === null ? folder : null }, sealing);
}

async function describeStore(store: Store, { databaseUrl }: StartConfig): Promise<string> {
  const { version } = await store.health();
  if (databaseUrl !== null) return `ready   PostgreSQL ${version ?? ''} (DATABASE_URL)`;
  return 'ready   PGlite (kept, evaluation only)';
}

async function openMail({ smtpUrl }: StartConfig, folder: string) {
  if (smtpUrl !== null) {
    const detail = 'ready   SMTP_URL: mail is sent';
    return { url: smtpUrl, mailbox: null, close: async () => {}, detail };
  }
  const catcher = await startMailCatcher({ folder });
  const { host } = new URL(catcher.url);
  const detail = `ready   catcher ${host} (kept, nothing leaves this machine)`;
  return { ...catcher, detail };
}

async function healthOf({ client }: RunningEngine) {
  try {
    const { serverVersion } = await client.connection.withDeadline(Date.now() + 5000, () =>
      client.connection.workflowService.getSystemInfo({}),
    );
    return { isWell: true, detail: `server ${serverVersion}` };
  } catch (error) {
    return { isWell: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function workerEnded(error: unknown): StartFailure {
  const detail = error instanceof Error ? error.message : String(error);
  return new StartFailure('WORKER_ENDED', explain('WORKER_ENDED', { detail }), 1, null, error);
}

function createSignal<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: T) => resolve(value) };
}
