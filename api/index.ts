/** The app's HTTP server. */
export { type AppConfig, appConfigOf, PORT } from './config.js';
export type { AppDeps, Download } from './deps.js';
export { createUseAccess } from './links/access.js';
export { createOpenExport } from './links/export.js';
export { type AppServer, startApp } from './server.js';
