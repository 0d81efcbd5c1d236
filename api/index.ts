/** The app's HTTP server. */
export { type AppConfig, appConfigOf, isOfThisMachine, PORT, PROXIES } from './config.js';
export type { AppDeps, CamundaDeps, Download } from './deps.js';
export { toldEvents } from './events/told.js';
export {
  addUser,
  makePasswordLink,
  makeSetUpLink,
  type PasswordLink,
} from './identities/accounts.js';
export { createToken } from './identities/api-tokens.js';
export { createAttempts } from './identities/attempts.js';
export type { IdentityDeps } from './identities/deps.js';
export type { FactorPolicy } from './identities/factor.js';
export { createPasswords } from './identities/passwords.js';
export type { CsmSees } from './identities/portfolio.js';
export { createProviderClient } from './identities/provider/client.js';
export type { Provider } from './identities/provider/index.js';
export { type ProviderSettings, SIGN_IN_FILE } from './identities/provider/settings.js';
export { shownToken, shownUser } from './identities/shown.js';
export { createUseAccess } from './links/access.js';
export { createOpenExport } from './links/export.js';
export { readWebApp, type WebApp } from './pages/web-app.js';
export { Problem } from './problem.js';
export { createReadiness } from './readiness.js';
export { type AppServer, startApp } from './server.js';
export { createPersonShaping } from './tasks/asking.js';
export { hasChoices } from './tasks/choices.js';
export { wholeTask } from './tasks/detail.js';
export { hashOfToken } from './token.js';
export type { WebhookDeps } from './webhooks/deps.js';
export { signedHeaders } from './webhooks/signatures.js';
