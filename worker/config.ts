/** The worker's configuration: read from the environment once, all faults at once. */
import { z } from 'zod';
import { explain } from '../engine/errors/index.js';

/** What a worker is told by its environment. */
export interface WorkerConfig {
  /** `host:port`; null: an embedded development server. */
  readonly temporalAddress: string | null;
  readonly temporalNamespace: string;
  readonly taskQueue: string;
  /** Null: an embedded database. */
  readonly databaseUrl: string | null;
  readonly dataFolder: string;
  /** 32 bytes in base64 or hex; null keeps the secret with the keys. */
  readonly masterKey: string | null;
  readonly profile: 'development' | 'production';
  readonly maxCachedWorkflows: number | null;
}

/** A configuration that cannot be used; the message names every fault. */
export class ConfigFailure extends Error {
  override readonly name = 'ConfigFailure';
  readonly code = 'CONFIG_INVALID';
}

const absent = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(absent, z.string().min(1).optional());
const address = z.preprocess(
  absent,
  z
    .string()
    .regex(/^[^\s:/]+:\d{1,5}$/, 'must be host:port')
    .optional(),
);
const url = z.preprocess(
  absent,
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a URL postgres://…')
    .optional(),
);
const whole = z.preprocess(absent, z.coerce.number().int().min(0).optional());

const ENVIRONMENT = z
  .object({
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: text,
    TEMPORAL_DEBUG: text,
    DATABASE_URL: url,
    JORNADA_DATA: text,
    JORNADA_MASTER_KEY: text,
    JORNADA_MASTER_KEY_FILE: text,
    JORNADA_MAX_CACHED_WORKFLOWS: whole,
    JORNADA_PROFILE: z.preprocess(absent, z.enum(['development', 'production']).optional()),
    JORNADA_TASK_QUEUE: text,
  })
  .superRefine((env, context) => {
    if (env.JORNADA_PROFILE !== 'production') return;
    const need = (name: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [name], message });
    // It raises the time limit of workflow code from seconds to weeks: a loop would hold the worker for ever.
    if (env.TEMPORAL_DEBUG) need('TEMPORAL_DEBUG', 'must not be set in production');
    if (!env.TEMPORAL_ADDRESS) need('TEMPORAL_ADDRESS', 'is needed in production');
    if (!env.DATABASE_URL) need('DATABASE_URL', 'is needed in production');
    if (!env.JORNADA_MASTER_KEY && !env.JORNADA_MASTER_KEY_FILE) {
      need('JORNADA_MASTER_KEY', 'or JORNADA_MASTER_KEY_FILE is needed in production');
    }
  });

/**
 * Reads the configuration.
 *
 * @throws ConfigFailure `CONFIG_INVALID` with a line for each fault; values are not repeated, they may be secret
 * Class: pure.
 */
export function readWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const read = ENVIRONMENT.safeParse(env);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `- ${path.join('.')}: ${message}`);
    throw new ConfigFailure(explain('CONFIG_INVALID', { faults: faults.join('\n') }));
  }
  const { data } = read;
  return {
    temporalAddress: data.TEMPORAL_ADDRESS ?? null,
    temporalNamespace: data.TEMPORAL_NAMESPACE ?? 'default',
    taskQueue: data.JORNADA_TASK_QUEUE ?? 'jornada',
    databaseUrl: data.DATABASE_URL ?? null,
    dataFolder: data.JORNADA_DATA ?? '.data',
    masterKey: data.JORNADA_MASTER_KEY ?? null,
    profile: data.JORNADA_PROFILE ?? 'development',
    maxCachedWorkflows: data.JORNADA_MAX_CACHED_WORKFLOWS ?? null,
  };
}
