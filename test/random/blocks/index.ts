/** The block builders, one an element: an element without one does not compile. */
import type { NodeKind } from '../../../engine/elements/index.js';
import type { BlockKind } from '../model.js';
import type { BlockBuilder, Draw } from './builder.js';
import { DRAW_EVENTS, EVENTS } from './events.js';
import { DRAW_GATEWAYS, GATEWAYS } from './gateways.js';
import { DRAW_SCOPES, SCOPES } from './scopes.js';
import { DRAW_TASKS, TASKS } from './tasks.js';

export * from './builder.js';

export const BLOCKS = {
  ...TASKS,
  ...GATEWAYS,
  ...EVENTS,
  ...SCOPES,
} as const satisfies Record<NodeKind, BlockBuilder>;

export const DRAW: { readonly [K in BlockKind]: Draw<K> } = {
  ...DRAW_TASKS,
  ...DRAW_GATEWAYS,
  ...DRAW_EVENTS,
  ...DRAW_SCOPES,
};
