/** What a modification would do to an instance, tried on a copy of it. */
import type { Fault } from '../../errors/index.js';
import type {
  ExecutableProcess,
  InstanceState,
  InstanceStatus,
  JournalEntry,
  JournalKind,
  Modification,
} from '../../model/index.js';
import { modify } from '../events/modify.js';
import { accepted } from '../requests.js';
import { Run } from '../run.js';
import { tryOut } from '../try-out.js';

/** An element, and the instance of it. */
export interface PreviewedElement {
  readonly elementId: string;
  readonly elementInstanceId: string;
}

/** All that would happen before the instance waits again. What is listed of what ends goes with it. */
export interface ModificationPreview {
  readonly cancelled: readonly PreviewedElement[];
  /** Tokens that wait at joins and are taken away. */
  readonly removed: readonly { readonly elementId: string; readonly tokens: number }[];
  /** Element instances whose user tasks close. */
  readonly tasks: readonly PreviewedElement[];
  readonly jobs: readonly PreviewedElement[];
  /** Events whose timers, messages and signals are waited for no more. */
  readonly timers: readonly string[];
  readonly subscriptions: readonly string[];
  /** Ids of called instances that are asked to end. */
  readonly calls: readonly string[];
  readonly incidentsClosed: readonly PreviewedElement[];
  /** Where tokens are put, by element or flow id: of a suspended instance they move when it is resumed. */
  readonly placed: readonly string[];
  /** What those tokens enter: the scopes on their way, and the elements. */
  readonly entered: readonly PreviewedElement[];
  readonly incidentsOpened: readonly {
    readonly elementId: string;
    readonly code: string;
    readonly message: string;
  }[];
  /** Elements that it would then wait at on behalf of what was placed. */
  readonly waitingAt: readonly string[];
  readonly status: InstanceStatus;
}

/**
 * Tries a modification.
 *
 * @param state - left as it is
 * @param at - the instant at which it would happen: ISO 8601 UTC, milliseconds
 * @returns what would happen, or the fault by which it would be refused
 * Class: pure. Cost grows with the size of the instance: it is copied.
 */
export function previewModification(
  process: ExecutableProcess,
  state: InstanceState,
  modification: Modification & { readonly at: string; readonly actor: string | null },
): ModificationPreview | Fault {
  const { at, actor } = modification;
  const done = tryOut(process, state, { at, actor }, (run) =>
    modify(run, { ...modification, kind: 'modify', requestId: null }),
  );
  return done instanceof Run ? told(done) : done;
}

const told = (run: Run): ModificationPreview => {
  const of = (kind: JournalKind): readonly JournalEntry[] =>
    run.entries.filter((entry) => entry.kind === kind);
  const { activated, moved } = (of('instanceModified')[0]?.data ?? {}) as unknown as {
    readonly activated: readonly string[];
    readonly moved: readonly { readonly to: string }[];
  };
  const closed = (kind: JournalKind): readonly string[] => of(kind).map(idOf);
  return {
    cancelled: of('elementCancelled').map(elementOf),
    removed: of('tokenRemoved').map((entry) => ({
      elementId: idOf(entry),
      tokens: Number(entry.data?.tokens),
    })),
    tasks: of('taskCancelled').map(elementOf),
    jobs: of('jobCancelled').map(elementOf),
    timers: closed('timerCancelled'),
    subscriptions: closed('subscriptionClosed'),
    calls: run.effects.flatMap((effect) => (effect.kind === 'cancelChild' ? [effect.id] : [])),
    incidentsClosed: of('incidentClosed').map(elementOf),
    placed: [...activated, ...moved.map(({ to }) => to)],
    entered: of('elementEntered')
      .filter(({ rule }) => rule === 'S97')
      .map(elementOf),
    incidentsOpened: of('incidentOpened').map((entry) => ({
      elementId: idOf(entry),
      code: String(entry.data?.code),
      message: String(entry.data?.message),
    })),
    waitingAt: accepted(run).waitingAt,
    status: run.state.status,
  };
};

const idOf = ({ elementId }: JournalEntry): string => elementId ?? '';

const elementOf = (entry: JournalEntry): PreviewedElement => ({
  elementId: idOf(entry),
  elementInstanceId: entry.elementInstanceId ?? '',
});
