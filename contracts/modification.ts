/** What the control socket takes and says of a modification of an instance, as zod schemas. */
import { z } from 'zod';
import { list, variables } from './control-rows.js';
import { valueText } from './values.js';

/** Of elements, flows and their instances. */
const id = z.string().min(1).max(500);

const source = z.union([
  z.strictObject({ elementInstanceId: id }),
  z.strictObject({ elementId: id }),
]);

const target = z.object({
  /** An element, or a sequence flow that is credited with a token. */
  elementId: id,
  /** Scope instance around it; null: the live ones are used, if that is clear. */
  ancestorId: id.nullable().default(null),
  /** `scopeId` null: of the process. */
  variables: list(z.object({ scopeId: id.nullable(), variables })).default([]),
});

/** The instructions: all of them are carried out, or none. */
export const modification = z.object({
  cancellations: list(source).default([]),
  activations: list(target).default([]),
  moves: list(z.object({ from: source, to: target })).default([]),
});

const element = z.object({ elementId: z.string(), elementInstanceId: z.string() });

/** What would happen before the instance waits again. */
export const modificationPreview = z.object({
  cancelled: list(element),
  removed: list(z.object({ elementId: z.string(), tokens: z.number() })),
  tasks: list(element),
  jobs: list(element),
  timers: list(z.string()),
  subscriptions: list(z.string()),
  calls: list(z.string()),
  incidentsClosed: list(element),
  placed: list(z.string()),
  entered: list(element),
  incidentsOpened: list(
    z.object({ elementId: z.string(), code: z.string(), message: valueText() }),
  ),
  waitingAt: list(z.string()),
  status: z.string(),
});

export type PreviewRow = z.infer<typeof modificationPreview>;
