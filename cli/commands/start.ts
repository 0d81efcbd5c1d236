/**
 * `jornada start`: everything on this machine, until Ctrl-C.
 *
 * Exit codes: 1 a stage failed or the worker ended, 3 something it needs cannot be reached, 130 Ctrl-C, 143 SIGTERM.
 * Class: side effect.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { createControlClient } from '../../worker/control/client.js';
import { DEMO_PASSWORD, type DemoUser } from '../../worker/start/demo-users.js';
import {
  type RunningJornada,
  STAGES,
  type StageName,
  StartFailure,
  type StartReport,
  startJornada,
} from '../../worker/start/index.js';
import { type Demo, loadDemo } from '../demo/index.js';
import { mailsIn } from '../demo/mails.js';
import { DEMONSTRATION } from '../demo/seeds.js';
import { type EngineContext, misuse, type Options, textOption } from '../engine-context.js';
import { CommandFailure, EXIT, type ExitCode } from '../failure.js';
import { findingLines } from '../findings.js';
import { listenForSignals } from '../signals.js';
import type { Terminal } from '../terminal.js';
import { readVersion } from '../version.js';

/** Starts, stays up, and ends in order. */
export async function start(context: EngineContext): Promise<ExitCode> {
  const { terminal } = context;
  const version = readVersion();
  terminal.talk(
    `jornada ${version}  (node ${process.versions.node}, ${availableParallelism()} cores)`,
  );
  const ending = listenForSignals(context.environment, (signal) => {
    terminal.talk(`\n${signal}: stopping in order; once more stops at once`);
  });
  try {
    const running = await begin(context, version, ending.signal);
    const demo = await loadedDemo(context, running, ending.signal);
    const users = await demoUsers(context, running, demo);
    await announce(context, running, demo, users);
    const failure = await Promise.race([running.failed, ending.asked.then(() => null)]);
    await end(terminal, running);
    if (failure) throw failure;
    return ending.exitCode() as ExitCode;
  } catch (error) {
    if (ending.signal.aborted && !(error instanceof StartFailure))
      return ending.exitCode() as ExitCode;
    throw explained(error, terminal);
  } finally {
    ending.stop();
  }
}

function begin(
  { options, folder, environment, terminal }: EngineContext,
  version: string,
  signal: AbortSignal,
): Promise<RunningJornada> {
  return startJornada({
    folder,
    isFresh: options.fresh === true,
    temporalPort: portOf(textOption(options, 'port')),
    mayDownload: options.download !== false,
    definitions: definitionsOf(options),
    environment,
    version,
    signal,
    report: reportTo(terminal, stagesOf(options)),
  });
}

const DEMO_STAGE = 'demo data';
type Stages = readonly (StageName | typeof DEMO_STAGE)[];

const stagesOf = ({ demo }: Options): Stages => (demo === true ? [...STAGES, DEMO_STAGE] : STAGES);

const definitionsOf = (options: Options): string =>
  textOption(options, 'definitions') ?? 'definitions';

/** One line a stage; with `--json` one object. */
function reportTo(terminal: Terminal, stages: Stages): StageReport {
  const place = (stage: Stages[number]): string =>
    `[${stages.indexOf(stage) + 1}/${stages.length}]`;
  return {
    begin: (stage) => terminal.progress(`${place(stage)} ${stage} …`),
    ready: (stage, detail, ms) => {
      if (terminal.isJson) {
        void terminal.data(JSON.stringify({ stage, detail, ms: Math.round(ms) }));
        return;
      }
      const line = `${place(stage)} ${stage.padEnd(12)} ${detail}`;
      terminal.talk(`${line.padEnd(76)} ${(ms / 1000).toFixed(1)}s`);
    },
    talk: (line) => terminal.talk(`      ${line}`),
    trouble: (error, part = 'control') => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      terminal.complain(terminal.isDebug && stack ? stack : `${part}: ${message}`);
    },
  };
}

/** A report that also knows the stage that comes after all is up. */
type StageReport = Omit<StartReport, 'begin' | 'ready'> & {
  readonly begin: (stage: Stages[number]) => void;
  readonly ready: (stage: Stages[number], detail: string, ms: number) => void;
};

/** Loads the demonstration, if it is wanted. What goes wrong with it ends nothing. Null: it is not there. */
async function loadedDemo(
  { options, folder, terminal }: EngineContext,
  { demoBooks: books, demoUsers: { ensureColleagues: people }, config }: RunningJornada,
  signal: AbortSignal,
): Promise<Demo | null> {
  if (options.demo !== true) return null;
  const report = reportTo(terminal, stagesOf(options));
  const began = performance.now();
  report.begin(DEMO_STAGE);
  try {
    const demo = await loadDemo({
      ...{ definitions: definitionsOf(options), books, people, signal },
      mails: mailsIn(folder),
      as: (actor) =>
        createControlClient({
          ...{ folder, actor, reason: DEMO_STAGE, startCommand: 'npm start' },
          through: DEMONSTRATION,
        }),
      sendsMail: config.smtpUrl !== null,
      hear: (progress) => terminal.progress(`${DEMO_STAGE} … ${progress}`),
    });
    demo.rest.catch((error: unknown) => {
      if (!signal.aborted) report.trouble(error, DEMO_STAGE);
    });
    report.ready(DEMO_STAGE, demo.summary, performance.now() - began);
    return demo;
  } catch (error) {
    if (signal.aborted) return null;
    report.trouble(error, DEMO_STAGE);
    report.ready(DEMO_STAGE, 'not complete; the next start goes on', performance.now() - began);
    return null;
  }
}

/** Those whom people may sign in as; nobody where the demonstration is not. */
async function demoUsers(
  { options, terminal }: EngineContext,
  running: RunningJornada,
  demo: Demo | null,
): Promise<readonly DemoUser[]> {
  if (demo?.isThere !== true) return [];
  try {
    return await running.demoUsers.ensure();
  } catch (error) {
    reportTo(terminal, stagesOf(options)).trouble(error, DEMO_STAGE);
    return [];
  }
}

async function announce(
  { terminal, folder }: EngineContext,
  running: RunningJornada,
  demo: Demo | null,
  users: readonly DemoUser[],
): Promise<void> {
  const { path, isNew, setAside } = running.folder;
  for (const line of findingLines(running.deployed.problems, terminal.paint)) {
    terminal.complain(line);
  }
  if (terminal.isJson) {
    const { controlPath, temporal, mailUrl } = running;
    const ready = { ready: true, pid: process.pid, folder: path, control: controlPath };
    const mail = running.config.smtpUrl === null ? mailUrl : 'SMTP_URL';
    const { publicUrl: app } = running;
    await terminal.data(JSON.stringify({ ...ready, temporal: temporal.address, mail, app }));
    return;
  }
  const at = folder === '.data' ? '' : ` --data ${folder}`;
  const kept = isNew ? 'new' : 'kept from before';
  terminal.talk(`  App            ${running.publicUrl}`);
  terminal.talk(`  Data           ${path} (${kept}; afresh: npx jornada start --fresh${at})`);
  for (const line of await entrances(running, users)) terminal.talk(line);
  if (setAside !== null) terminal.talk(`  Set aside      ${setAside} (what was there before)`);
  for (const line of guarantees(running)) terminal.talk(line);
  for (const line of trials(running, demo)) terminal.talk(`${line}${at}`);
  terminal.talk('Ctrl-C stops all.');
}

/** How people get in: as somebody of the demonstration, or by the link of the first admin. */
async function entrances(
  { setUpLink }: RunningJornada,
  users: readonly DemoUser[],
): Promise<readonly string[]> {
  const link = await setUpLink();
  const [colleagues, first] = [true, false].map((is) =>
    users.filter((one) => one.isColleague === is),
  );
  const names = first?.map(({ loginName, role }) => `${loginName} (${role})`) ?? [];
  const others = colleagues?.map(({ loginName }) => loginName) ?? [];
  return [
    ...(users.length > 0
      ? [
          `  Demo users     ${names.join(' ')}; password: ${DEMO_PASSWORD}`,
          `  Colleagues     ${others.join(' ')} (csm), with the same`,
        ]
      : []),
    ...(link === null ? [] : [`  First admin    ${link.url} (once, for 30 minutes)`]),
  ];
}

/** What one may type now. */
function trials({ deployed: { example } }: RunningJornada, demo: Demo | null): readonly string[] {
  const another = example === null ? 'search pd' : `run ${example}`;
  const commands =
    demo?.isNew === true
      ? ['search ut', 'get ut demo-notice', 'get pi demo-outage', another]
      : demo === null
        ? [another]
        : ['search ut', another];
  return commands.map(
    (command, index) => `  ${(index === 0 ? 'Try' : '').padEnd(14)} npx jornada ${command}`,
  );
}

/** What the parts that were chosen do not promise. */
function guarantees({ config, temporal }: RunningJornada): readonly string[] {
  const lines: string[] = [];
  if (config.databaseUrl === null) {
    lines.push('PGlite survives a killed process, not a power cut: set DATABASE_URL for real data');
  }
  if (temporal.isOwn) {
    lines.push(
      'one Temporal server without replica, for evaluation: TEMPORAL_ADDRESS for real data',
    );
  }
  if (config.masterKey === null && config.masterKeyBytes === null) {
    lines.push('keys and their secret lie in one folder: set JORNADA_MASTER_KEY_FILE to part them');
  }
  return lines.map((line, index) => `  ${(index === 0 ? 'Not promised' : '').padEnd(14)} ${line}`);
}

async function end(terminal: Terminal, running: RunningJornada): Promise<void> {
  terminal.progress('stopping …');
  const began = performance.now();
  await running.close();
  if (terminal.isJson) await terminal.data(JSON.stringify({ stopped: true }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  terminal.talk(`Stopped in ${seconds}s; data is kept in ${running.folder.path}`);
}

function portOf(text: string | null): number | null {
  if (text === null) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw misuse('a port from 1 to 65535 for --port', `it is '${text}'`);
}

/** Cause, fix, and where to read on. */
function explained(error: unknown, terminal: Terminal): unknown {
  if (!(error instanceof StartFailure)) return error;
  const { code, message, logFile, exit, cause } = error;
  if (terminal.isDebug && cause instanceof Error && cause.stack) terminal.complain(cause.stack);
  const text =
    logFile === null || message.includes(logFile) || !existsSync(logFile)
      ? message
      : `${message}\nLog: ${logFile}`;
  return new CommandFailure(
    { code: code as never, message: text },
    exit === 3 ? EXIT.unreachable : EXIT.failed,
  );
}
