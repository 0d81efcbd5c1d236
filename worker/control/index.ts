/** The control socket: a running engine's ear for the command line, and the client that speaks to it. */
export {
  type ControlClient,
  type ControlClientOptions,
  createControlClient,
  EngineLost,
  EngineNotRunning,
} from './client.js';
export { ControlFailure, refusal } from './failure.js';
export { createOperate } from './operations.js';
export type { ControlParts } from './parts.js';
export { keyOf } from './references.js';
export { type ControlServer, serveControl } from './server.js';
export { socketPath } from './socket-path.js';
