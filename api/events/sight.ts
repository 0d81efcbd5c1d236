/**
 * Which events each listener sees: those of what they would be shown by its key, asked once for all streams of a person.
 * Class: side effect (reads).
 */
import type { EventType, ToldEvent } from '../../contracts/events.js';
import type { Store, Viewer } from '../../store/index.js';

/** Who looks. */
export interface Looker {
  readonly userId: string;
  /** As whom they look at what events of a type are about; null: they see all of it. */
  readonly viewerOf: (type: EventType) => Viewer | null;
}

/** What an event may be about, by the name of its kind; the first whose key it has is what it is about. */
const KINDS = ['userTask', 'incident', 'processInstance'] as const;
type Kind = (typeof KINDS)[number];

function aboutOf({ data }: ToldEvent): { readonly kind: Kind; readonly key: string } | null {
  for (const kind of KINDS) {
    const key = data[`${kind}Key`];
    if (key !== undefined) return { kind, key };
  }
  return null;
}

/** Finds it. What is of no instance is seen by whoever hears of it at all. */
export async function createSight(
  store: Store,
  events: readonly ToldEvent[],
  lookers: readonly Looker[],
): Promise<(looker: Looker, event: ToldEvent) => boolean> {
  const seen = new Map<string, ReadonlySet<string>>();
  for (const userId of new Set(lookers.map((looker) => looker.userId))) {
    // Two streams of a person may be judged differently: a token has fewer rights than a session.
    const theirs = lookers.filter((looker) => looker.userId === userId);
    const narrowed = events.flatMap((event) => {
      const about = aboutOf(event);
      const viewer = theirs.map(({ viewerOf }) => viewerOf(event.type)).find((one) => one !== null);
      return about === null || !viewer ? [] : [{ viewer, ...about }];
    });
    const [first] = narrowed;
    if (first === undefined) continue;
    const { publicKeys } = store.seenBy(first.viewer);
    const ofKinds = await Promise.all(
      KINDS.map(async (kind) => {
        const keys = [...new Set(narrowed.flatMap((one) => (one.kind === kind ? [one.key] : [])))];
        const ids = keys.length === 0 ? [] : await publicKeys.idsOf(kind, keys);
        return keys.filter((_key, index) => ids[index] !== null);
      }),
    );
    seen.set(userId, new Set(ofKinds.flat()));
  }
  return ({ userId, viewerOf }, event) => {
    const about = aboutOf(event);
    if (about === null || viewerOf(event.type) === null) return true;
    return seen.get(userId)?.has(about.key) === true;
  };
}
