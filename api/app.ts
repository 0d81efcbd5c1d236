/**
 * The app: builds the server, apart from listening, so that tests ask it without a port. A new route is a row in
 * `permissions.ts`, one file in `routes/` and one line here.
 */
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AppState } from './deps.js';
import { addBodies } from './plugins/bodies.js';
import { addForms } from './plugins/forms.js';
import { addPrincipals } from './plugins/principals.js';
import { addProblems, answerUnroutable } from './plugins/problems.js';
import { addRequestKeys } from './plugins/request-keys.js';
import { holdToTable, tellOfRoutes } from './plugins/routes.js';
import { addSecurity } from './plugins/security.js';
import { addAccess } from './routes/access.js';
import { addActs } from './routes/acts.js';
import { addAssets } from './routes/assets.js';
import { addBatchActs } from './routes/batches.js';
import { addCalendars } from './routes/calendars.js';
import { addCases } from './routes/cases.js';
import { addConnectors } from './routes/connectors.js';
import { addCustomers } from './routes/customers.js';
import { addArchives } from './routes/designer/archives.js';
import { addDrafts } from './routes/designer/drafts.js';
import { addPackages } from './routes/designer/packages.js';
import { addPublications } from './routes/designer/publications.js';
import { addTrials } from './routes/designer/trials.js';
import { addDocs } from './routes/docs.js';
import { addExport } from './routes/export.js';
import { addFactor } from './routes/factor.js';
import { addHealth } from './routes/health.js';
import { addHolds } from './routes/holds.js';
import { addHookReceiver } from './routes/hook-receiver.js';
import { addHooks } from './routes/hooks.js';
import { addInboxViews } from './routes/inbox-views.js';
import { addInstances } from './routes/instances.js';
import { addLogRanges } from './routes/log-ranges.js';
import { addMe } from './routes/me.js';
import { addMyTokens } from './routes/my-tokens.js';
import { addPasswords } from './routes/passwords.js';
import { addProvider } from './routes/provider.js';
import { addReports } from './routes/reports.js';
import { addRetention } from './routes/retention.js';
import { addScim } from './routes/scim.js';
import { addSignIn } from './routes/sign-in.js';
import { addStatus } from './routes/status.js';
import { addSubstitutes } from './routes/substitutes.js';
import { addTaskActs } from './routes/task-acts.js';
import { addTaskAttachments } from './routes/task-attachments.js';
import { addTaskDrafts } from './routes/task-drafts.js';
import { addTaskLinks } from './routes/task-links.js';
import { addTasks } from './routes/tasks.js';
import { addUserTokens } from './routes/user-tokens.js';
import { addUsers } from './routes/users.js';
import { addBatches } from './routes/v2/batches.js';
import { addCluster } from './routes/v2/cluster.js';
import { addDecisions } from './routes/v2/decisions.js';
import { addDeployments } from './routes/v2/deployments.js';
import { addEvaluations } from './routes/v2/evaluations.js';
import { addEvents } from './routes/v2/events.js';
import { addIncidentViews } from './routes/v2/incident-views.js';
import { addIncidents } from './routes/v2/incidents.js';
import { addInstanceViews } from './routes/v2/instance-views.js';
import { addMessages } from './routes/v2/messages.js';
import { addProcessInstances } from './routes/v2/process-instances.js';
import { addSearches } from './routes/v2/searches.js';
import { addStatistics } from './routes/v2/statistics.js';
import { addTaskViews } from './routes/v2/task-views.js';
import { addUserTasks } from './routes/v2/user-tasks.js';
import { addWeb } from './routes/web.js';
import { addWebhookDeliveries } from './routes/webhook-deliveries.js';
import { addWebhooks } from './routes/webhooks.js';
import { addValueRules } from './values/index.js';

/** How to build it. */
export interface AppOptions {
  /** `deps` is filled once the engine runs. */
  readonly state: AppState;
  readonly isHttps: boolean;
  /** Proxies that tell whose requests they hand on; null: there are none. */
  readonly proxies: string | null;
  /** Hears of faults of our own. */
  readonly trouble: (error: unknown) => void;
}

/** Bodies hold a token or a password and little else. */
const MOST_BODY = 4096;
const REQUEST_WITHIN_MS = 30_000;
/** Whoever sends slowly holds a connection for so long, and for as long as nobody looks. */
const CONNECTIONS = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/** Builds it. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { state, isHttps, proxies, trouble } = options;
  const app = Fastify({
    bodyLimit: MOST_BODY,
    requestTimeout: REQUEST_WITHIN_MS,
    http: CONNECTIONS,
    trustProxy: proxies ?? false,
    // What cannot be an address is told as all faults are.
    frameworkErrors: (_error, request, reply) => void answerUnroutable(request, reply),
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    logger: false,
  });
  const allThere = holdToTable(app);
  tellOfRoutes(app);
  addProblems(app, trouble);
  addBodies(app);
  addForms(app);
  await app.register(cookie);
  await addSecurity(app, isHttps);
  addPrincipals(app, state, isHttps);
  addRequestKeys(app, state);
  addValueRules(app, state);
  addAssets(app);
  addHealth(app, state);
  await addDocs(app, state);
  addAccess(app, state);
  addExport(app, state);
  addSignIn(app, state, isHttps);
  addProvider(app, state, isHttps);
  addScim(app, state);
  addFactor(app, state, isHttps);
  addPasswords(app, state, isHttps);
  addMe(app, state);
  addMyTokens(app, state);
  addUsers(app, state);
  addUserTokens(app, state);
  addStatus(app, state);
  addCustomers(app, state);
  addCases(app, state);
  addActs(app, state);
  addLogRanges(app, state);
  addHolds(app, state);
  addTasks(app, state);
  addTaskActs(app, state);
  await addTaskAttachments(app, state);
  addTaskDrafts(app, state);
  addTaskLinks(app, state);
  addInboxViews(app, state);
  addSubstitutes(app, state);
  addCluster(app, state);
  await addDeployments(app, state);
  addDecisions(app, state);
  addIncidentViews(app, state);
  addStatistics(app, state);
  addTaskViews(app, state);
  addSearches(app, state);
  addProcessInstances(app, state);
  addInstanceViews(app, state);
  addBatches(app, state);
  addInstances(app, state);
  addBatchActs(app, state);
  addReports(app, state);
  addUserTasks(app, state);
  addIncidents(app, state);
  addMessages(app, state);
  addEvaluations(app, state);
  addPackages(app, state);
  addDrafts(app, state);
  await addArchives(app, state);
  addTrials(app, state);
  addPublications(app, state);
  addEvents(app, state, trouble);
  addCalendars(app, state);
  addConnectors(app, state);
  addRetention(app, state);
  addWebhooks(app, state);
  addWebhookDeliveries(app, state);
  addHooks(app, state);
  await addHookReceiver(app, state);
  await addWeb(app, state);
  allThere();
  return app;
}
