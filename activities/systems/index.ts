/** The connected systems by id. A new kind of system is a file beside this one, and a line here and in the declaration. */

import { final } from '../failures.js';
import type { SideEffectDeps } from '../side-effect.js';
import { createByHand } from './by-hand.js';
import type { Connector } from './connector.js';
import type { System } from './declaration.js';
import { createLocal } from './local.js';
import { createScim } from './scim.js';

const connectorOf = (system: System, deps: SideEffectDeps): Connector =>
  system.kind === 'scim' ? createScim(system, deps) : createByHand(system);

/** All of them, our own registry first. */
export function connectorsOf(deps: SideEffectDeps): readonly Connector[] {
  return [createLocal(deps.effects), ...deps.systems.map((system) => connectorOf(system, deps))];
}

/** One of them. Errors: `ACCESS_SYSTEM_UNKNOWN`. */
export function connectorOfId(deps: SideEffectDeps, id: string): Connector {
  const found = connectorsOf(deps).find(({ system }) => system === id);
  if (!found) throw final('ACCESS_SYSTEM_UNKNOWN', { system: id });
  return found;
}
