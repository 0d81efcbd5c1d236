/** Outside systems that jobs use: how they are set up, what became of effects on them, and tests of them. Shapes alone. */
import { z } from 'zod';

/** Kinds of outside systems. `http`: requests of models; `by-hand`: nothing reaches it, a person does. */
export const CONNECTOR_KINDS = ['mail', 'scim', 'http', 'by-hand'] as const;

/** Effects of the last days, by what is known of them. */
export const effectCounts = z.strictObject({
  done: z.number().int(),
  /** Planned or under way, and no attempt has failed. */
  underway: z.number().int(),
  /** The last attempt failed: it is tried again, or an incident waits for somebody. */
  failed: z.number().int(),
  /** Nobody can tell whether it happened. */
  unknown: z.number().int(),
});

/** One system. */
export const connectorRow = z.strictObject({
  /** `mail`, `http`, `scim:<id>`, `by-hand:<id>`, or the origin of requests: `https://crm.example.com`. */
  connectorId: z.string(),
  kind: z.enum(CONNECTOR_KINDS),
  /** As the operator calls it; null: by its kind or address. */
  title: z.string().nullable(),
  /** Null: it needs none; what a model names is reached, where the operator lets it. */
  isConfigured: z.boolean().nullable(),
  /** Hosts, without users and secrets. */
  places: z.array(z.string()),
  effects: effectCounts,
  lastDoneAt: z.string().nullable(),
  lastFailure: z.strictObject({ at: z.string(), code: z.string() }).nullable(),
  canTest: z.boolean(),
});

/** An effect that failed or of which nobody can tell, and the instance whose job makes it. */
export const effectTrouble = z.strictObject({
  state: z.enum(['failed', 'unknown']),
  code: z.string(),
  at: z.string(),
  /** Null: it was not kept, or is not there any more. */
  instance: z
    .strictObject({
      instanceId: z.string(),
      processId: z.string(),
      businessKey: z.string().nullable(),
      state: z.string(),
      /** Open ones. */
      incidents: z.number().int(),
    })
    .nullable(),
});

/** What a test came to. */
export const connectorTest = z.strictObject({
  at: z.string(),
  isWell: z.boolean(),
  /** Null: it is well. */
  code: z.string().nullable(),
  /** What was answered, or what is in the way. */
  detail: z.string(),
  tookMs: z.number().int(),
});

export type ConnectorKind = (typeof CONNECTOR_KINDS)[number];
export type ConnectorRow = z.infer<typeof connectorRow>;
export type EffectTrouble = z.infer<typeof effectTrouble>;
export type ConnectorTest = z.infer<typeof connectorTest>;
