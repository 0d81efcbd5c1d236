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
import { accepted } from '../requests.js';
import { Run } from '../run.js';
import { tryOut } from '../try-out.js';
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
  const done = tryOut(from, state, { at, actor, target: to }, (run) => {
    const all = judgeMigration(run.state, new Correspondence(from, to, migration.mappings));
    const problem =
      all.length > 0 ? null : migrate(run, { ...migration, kind: 'migrate', requestId: null });
    const problems = problem === null ? all : [problem];
    return problems.length > 0 ? { ...NOTHING, problems, status: run.state.status } : null;
  });
  return done instanceof Run ? told(done) : done;
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
