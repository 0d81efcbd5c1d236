/** What a migration would do to an instance, tried on a copy of it; or all that is in the way. */
import type { Fault } from '../../errors/index.js';
import type {
  ExecutableProcess,
  InstanceState,
  InstanceStatus,
  JournalEntry,
  Migration,
} from '../../model/index.js';
import { migrate } from '../events/migrate.js';
import { drainFirst } from '../first-moves.js';
import { drain, finishUnderWay, settleAtRest } from '../moves.js';
import { accepted } from '../requests.js';
import { Run } from '../run.js';
import { Correspondence } from './correspondence.js';
import { judgeMigration } from './judge.js';

/** All that would happen before the instance waits again. */
export interface MigrationPreview {
  /** What is in the way, all of it; with any of it the instance stays as it is, and the rest is empty. */
  readonly problems: readonly Fault[];
  /** Element instances that go on under another id. */
  readonly renamed: readonly {
    readonly elementInstanceId: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** Events that are waited for no more, by their id before, and from then on, by their id then. */
  readonly closed: readonly string[];
  readonly armed: readonly string[];
  /** Elements that are entered because a join has all that it waits for then. */
  readonly entered: readonly string[];
  readonly incidentsOpened: readonly { readonly elementId: string; readonly code: string }[];
  /** Elements that it would wait at on behalf of what is entered. */
  readonly waitingAt: readonly string[];
  readonly status: InstanceStatus;
}

/**
 * Tries a migration.
 *
 * @param from - what the instance runs
 * @param state - left as it is
 * @param at - the instant at which it would happen: ISO 8601 UTC, milliseconds
 * Class: pure. Cost grows with the size of the instance: it is copied.
 */
export function previewMigration(
  from: ExecutableProcess,
  to: ExecutableProcess,
  state: InstanceState,
  migration: Migration & { readonly at: string; readonly actor: string | null },
): MigrationPreview {
  const { at, actor } = migration;
  const twin = JSON.parse(JSON.stringify(state)) as InstanceState;
  const never = (): boolean => false;
  const before = new Run(from, twin, at, null);
  finishUnderWay(before);
  before.close();
  const run = new Run(from, twin, at, null, to);
  run.actor = actor;
  const all = judgeMigration(twin, new Correspondence(from, to, migration.mappings));
  const problem =
    all.length > 0 ? null : migrate(run, { ...migration, kind: 'migrate', requestId: null });
  const problems = problem === null ? all : [problem];
  if (problems.length > 0) return { ...NOTHING, problems, status: twin.status };
  if (drainFirst(run, never) && twin.suspendedAt === null && drain(run, never)) {
    settleAtRest(run, never);
  }
  return told(run);
}

const NOTHING = {
  renamed: [],
  closed: [],
  armed: [],
  entered: [],
  incidentsOpened: [],
  waitingAt: [],
} as const;

const told = (run: Run): MigrationPreview => {
  const of = (kind: JournalEntry['kind']): readonly JournalEntry[] =>
    run.entries.filter((entry) => entry.kind === kind);
  const { closed, armed } = (of('instanceMigrated')[0]?.data ?? {}) as unknown as {
    readonly closed: readonly string[];
    readonly armed: readonly string[];
  };
  const moved = of('elementMigrated').map(({ elementInstanceId, elementId, data }) => ({
    elementInstanceId: elementInstanceId ?? '',
    from: String(data?.from),
    to: elementId ?? '',
  }));
  return {
    problems: [],
    renamed: moved.filter(({ from, to }) => from !== to),
    closed,
    armed,
    entered: of('elementEntered').map(({ elementId }) => elementId ?? ''),
    incidentsOpened: of('incidentOpened').map(({ elementId, data }) => ({
      elementId: elementId ?? '',
      code: String(data?.code),
    })),
    waitingAt: accepted(run).waitingAt,
    status: run.state.status,
  };
};
