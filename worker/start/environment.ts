/** What `jornada start` is told by its environment: every variable, read once, all faults at once. */
import { z } from 'zod';
import type { System } from '../../activities/systems/declaration.js';
import {
  type AppConfig,
  appConfigOf,
  type CsmSees,
  type FactorPolicy,
  hashOfToken,
  isOfThisMachine,
  PORT,
  PROXIES,
  type ProviderSettings,
} from '../../api/index.js';
import { explain } from '../../engine/errors/index.js';
import { ConfigFailure, readWorkerConfig, type WorkerConfig } from '../config.js';
import { readMasterKey } from '../encryption/index.js';
import { readSignIn } from './sign-in.js';
import { readSystems } from './systems.js';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable, for people. */
export interface VariableInfo {
  readonly name: string;
  readonly means: string;
  /** What holds when it is not set. */
  readonly without: string;
}

/** All variables that are read. */
export const VARIABLES: readonly VariableInfo[] = [
  info('DATABASE_URL', 'PostgreSQL 15 or newer, postgres://…', 'PGlite in the data folder'),
  info(
    'JORNADA_AUDIT_ANCHOR',
    'file that checkpoints of the audit go to as well',
    'the data folder alone',
  ),
  info('JORNADA_DATA', 'data folder', '.data'),
  info('JORNADA_EXPORTS', 'folder of export packages', 'exports/ of the data folder'),
  info('JORNADA_HOST', 'address that the app listens at', '127.0.0.1'),
  info('JORNADA_CSM_SEES', 'whose customers and tasks a csm sees: portfolio or all', 'portfolio'),
  info(
    'JORNADA_HTTP_ALLOW',
    'internal hosts of http-request: host or host:port, by commas',
    'none',
  ),
  info('JORNADA_KEYS', 'folder of the keyring', 'keys/ of the data folder'),
  info('JORNADA_MAIL_FROM', 'sender of mails: Name <mail@host>', 'Jornada <jornada@example.test>'),
  info('JORNADA_MASTER_KEY', 'master key of the keyring', 'its secret lies with the keys'),
  info('JORNADA_MASTER_KEY_FILE', 'file with the master key', 'as above'),
  info('JORNADA_MAX_CACHED_WORKFLOWS', 'instances kept in memory', 'chosen by the SDK'),
  info('JORNADA_PROFILE', 'development or production', 'development'),
  info('JORNADA_PUBLISH_BY_TWO', 'yes: drafts are published by a second person', 'as packages say'),
  info(
    'JORNADA_SIGN_IN',
    'file of the provider of identities, YAML or JSON',
    'people sign in by passwords',
  ),
  info('JORNADA_SCIM_TOKEN', 'token of the system that provisions people', 'none does'),
  info(
    'JORNADA_SECOND_FACTOR',
    'of whom a second factor is asked: none, admins or all',
    'none; all in production',
  ),
  info('JORNADA_SYSTEMS', 'file of connected systems, YAML or JSON', 'our own registry alone'),
  info(
    'JORNADA_TASK_MAILS',
    'yes: mails tell people of tasks that they can decide, with a link that decides once',
    'yes; no in production',
  ),
  info('JORNADA_TASK_QUEUE', 'task queue of the engine', 'jornada'),
  info(
    'JORNADA_TRUSTED_PROXIES',
    'proxies whose word on addresses is believed: addresses or networks, by commas',
    'those of this machine',
  ),
  info('PORT', 'port of the app on this machine', 'that of PUBLIC_URL, or the next free one'),
  info('PUBLIC_URL', 'what links in mails begin with', 'http://localhost:3000'),
  info('SMTP_URL', 'mail server, smtp://… or smtps://…', 'a catcher: nothing leaves'),
  info('TEMPORAL_ADDRESS', 'host:port of Temporal', 'a development server'),
  info('TEMPORAL_NAMESPACE', 'namespace of Temporal', 'default'),
  info('NO_COLOR, FORCE_COLOR, CI, TERM', 'colours and progress', 'by the terminal'),
];

/** Variables that others know and this version does not obey: set, they would be a silent mistake. */
const UNSUPPORTED = [
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_TLS_CA',
];

const SMTP = z
  .string()
  .regex(/^smtps?:\/\/\S+$/, 'must be a URL smtp://… or smtps://…')
  .optional();

const CSM_SEES = z.enum(['portfolio', 'all'], 'must be portfolio or all').optional();
const FACTOR = z.enum(['none', 'admins', 'all'], 'must be none, admins or all').optional();

/** As long as nobody guesses. */
const TOKEN = z
  .string()
  .regex(/^[\x21-\x7e]{32,400}$/, 'must be 32 to 400 letters, digits and signs')
  .optional();

const SENDER = z
  .string()
  .regex(/^[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>$/, 'must be Name <mail@host>')
  .default('Jornada <jornada@example.test>');

const PUBLIC = z
  .string()
  .regex(/^https?:\/\/[^\s?#]+$/, 'must be a URL http://… or https://…')
  // Sessions are sent along with each request: on a network that anybody reads, whoever reads has them.
  .refine(
    (url) => !URL.canParse(url) || url.startsWith('https:') || isOfThisMachine(url),
    'must be https://…, or http:// of this machine',
  )
  .default('http://localhost:3000');

/** A host as URLs write it, with or without a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/;

const HOSTS = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
  .transform((hosts) => hosts.filter((host) => host !== ''))
  .refine(
    (hosts) => hosts.every((host) => HOST.test(host)),
    'must be host or host:port, by commas',
  );

const YES_OR_NO = z.enum(['yes', 'no'], 'must be yes or no').optional();

/** A whole configuration. */
export interface StartConfig extends WorkerConfig {
  readonly smtpUrl: string | null;
  readonly sender: { readonly name: string; readonly mail: string };
  /** Hosts that `http-request` may reach though they are internal. */
  readonly httpAllow: readonly string[];
  /** Systems in which customers and staff have accesses. */
  readonly systems: readonly System[];
  /** Of whom a second factor is asked, of those who sign in by a password. */
  readonly factorPolicy: FactorPolicy;
  /** Whose customers and tasks a csm sees. */
  readonly csmSees: CsmSees;
  /** Hash of the token by which a system provisions people; null: none does. */
  readonly scimTokenHash: string | null;
  /** The provider by which people sign in; null: they do by passwords. */
  readonly signIn: ProviderSettings | null;
  /** Where the app listens, and what links begin with. */
  readonly app: AppConfig;
  /** A second file of checkpoints, best on another machine. */
  readonly auditAnchor: string | null;
  /** Whether every draft is published by somebody else than who worked on it. */
  readonly publishesByTwo: boolean;
  /** Whether mails tell people of tasks that they can decide. */
  readonly tellsOfTasks: boolean;
  /** Folder of the keyring; null: in the data folder. */
  readonly keysFolder: string | null;
  /** Folder of packages of exports; null: in the data folder. */
  readonly exportsFolder: string | null;
  /** The operator's key as bytes. */
  readonly masterKeyBytes: Buffer | null;
}

/** Reads it. Errors: `CONFIG_INVALID`, naming every fault and no value. Class: side effect (files that it names). */
export async function readStartConfig(env: Environment): Promise<StartConfig> {
  const faults = new Map<string, string>();
  for (const { name, fault } of await checkEnvironment(env)) {
    if (fault !== null) faults.set(name, fault);
  }
  if (faults.size > 0) {
    const lines = [...faults].map(([name, fault]) => `- ${name}: ${fault}`);
    throw new ConfigFailure(explain('CONFIG_INVALID', { faults: lines.join('\n') }));
  }
  const [, name = '', mail = ''] =
    /^(.+) <(.+)>$/.exec(SENDER.parse(set(env.JORNADA_MAIL_FROM))) ?? [];
  return {
    ...readWorkerConfig(env),
    sender: { name, mail },
    httpAllow: HOSTS.parse(set(env.JORNADA_HTTP_ALLOW)),
    systems: await readSystems(env.JORNADA_SYSTEMS ?? '', env),
    factorPolicy:
      FACTOR.parse(set(env.JORNADA_SECOND_FACTOR)) ??
      (env.JORNADA_PROFILE === 'production' ? 'all' : 'none'),
    csmSees: CSM_SEES.parse(set(env.JORNADA_CSM_SEES)) ?? 'portfolio',
    scimTokenHash: env.JORNADA_SCIM_TOKEN ? hashOfToken(env.JORNADA_SCIM_TOKEN) : null,
    signIn: await readSignIn(env.JORNADA_SIGN_IN ?? '', env),
    app: appConfigOf(
      PUBLIC.parse(set(env.PUBLIC_URL)).replace(/\/+$/, ''),
      PORT.parse(set(env.PORT)) ?? null,
      set(env.JORNADA_HOST),
      PROXIES.parse(set(env.JORNADA_TRUSTED_PROXIES)),
    ),
    smtpUrl: env.SMTP_URL || null,
    auditAnchor: env.JORNADA_AUDIT_ANCHOR || null,
    publishesByTwo: YES_OR_NO.parse(set(env.JORNADA_PUBLISH_BY_TWO)) === 'yes',
    tellsOfTasks:
      (YES_OR_NO.parse(set(env.JORNADA_TASK_MAILS)) ??
        (env.JORNADA_PROFILE === 'production' ? 'no' : 'yes')) === 'yes',
    keysFolder: env.JORNADA_KEYS || null,
    exportsFolder: env.JORNADA_EXPORTS || null,
    masterKeyBytes: await readMasterKey(env),
  };
}

/** One variable as `doctor --env` shows it. */
export interface CheckedVariable {
  readonly name: string;
  readonly source: 'environment' | 'default';
  readonly detail: string;
  /** Null: it is well. */
  readonly fault: string | null;
}

/** Checks every variable; values are never repeated, they may be secret. Class: side effect (files that it names). */
export async function checkEnvironment(env: Environment): Promise<readonly CheckedVariable[]> {
  const faults = { ...workerFaults(env), ...(await otherFaults(env)) };
  const known = VARIABLES.map(({ name, means, without }) => {
    const isSet = name.split(', ').some((one) => env[one]);
    const source = isSet ? ('environment' as const) : ('default' as const);
    return { name, source, detail: isSet ? means : without, fault: faults[name] ?? null };
  });
  const others = Object.entries(faults)
    .filter(([name]) => !VARIABLES.some((one) => one.name === name))
    .map(([name, fault]) => ({ name, source: 'environment' as const, detail: '', fault }));
  return [...known, ...others];
}

function workerFaults(env: Environment): Record<string, string> {
  try {
    readWorkerConfig(env);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigFailure)) throw error;
    const lines = error.message.matchAll(/^- (\w+): (.+)$/gm);
    return Object.fromEntries([...lines].map(([, name, fault]) => [name ?? '', fault ?? '']));
  }
}

async function otherFaults(env: Environment): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  const rules = {
    SMTP_URL: SMTP,
    JORNADA_CSM_SEES: CSM_SEES,
    JORNADA_HTTP_ALLOW: HOSTS,
    JORNADA_MAIL_FROM: SENDER,
    JORNADA_PUBLISH_BY_TWO: YES_OR_NO,
    JORNADA_SCIM_TOKEN: TOKEN,
    JORNADA_SECOND_FACTOR: FACTOR,
    JORNADA_TASK_MAILS: YES_OR_NO,
    JORNADA_TRUSTED_PROXIES: PROXIES,
    PORT,
    PUBLIC_URL: PUBLIC,
  };
  for (const [name, rule] of Object.entries(rules)) {
    const read = rule.safeParse(set(env[name]));
    if (!read.success) faults[name] = read.error.issues[0]?.message ?? 'is wrong';
  }
  for (const name of UNSUPPORTED) {
    if (env[name]) faults[name] = 'is not supported in this version; unset it';
  }
  await readSystems(env.JORNADA_SYSTEMS ?? '', env).catch((error: Error) => {
    faults.JORNADA_SYSTEMS = error.message;
  });
  await readSignIn(env.JORNADA_SIGN_IN ?? '', env).catch((error: Error) => {
    faults.JORNADA_SIGN_IN = error.message;
  });
  await readMasterKey(env).catch((error: Error) => {
    faults[env.JORNADA_MASTER_KEY ? 'JORNADA_MASTER_KEY' : 'JORNADA_MASTER_KEY_FILE'] =
      error.message;
  });
  return faults;
}

/** Set to nothing is not set. */
const set = (value: string | undefined): string | undefined => value || undefined;

function info(name: string, means: string, without: string): VariableInfo {
  return { name, means, without };
}
