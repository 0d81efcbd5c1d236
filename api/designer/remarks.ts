/**
 * What was said while drafts of a package were reviewed: the reasons of what was done with them, as the audit keeps them.
 * Class: side effect (store).
 */
import { peopleIn } from '../../case-files/index.js';
import type { PackageRemarks } from '../../contracts/designer.js';
import type { Store } from '../../store/index.js';

/** What is done with a draft as a whole, by the action that the audit names. */
const STEPS = {
  submitDraft: 'handedIn',
  returnDraft: 'givenBack',
  publishDraft: 'published',
  discardDraft: 'discarded',
} as const;

/** So many drafts are looked at, the newest first, and so many acts on them. */
const MOST_DRAFTS = 100;
const MOST_ACTS = 500;

/** Reads them, newest first. What was erased from the audit is no more here either. Null: there is no such package, and was no draft of one. */
export async function remarksOf(
  store: Pick<Store, 'definitions' | 'drafts' | 'audit' | 'identities'>,
  packageKey: string,
): Promise<PackageRemarks | null> {
  const found = await store.drafts.search({ filter: { packageKey }, limit: MOST_DRAFTS });
  const byObject = new Map(
    found.items.map((draft) => [`draft:${draft.draftId} package:${packageKey}`, draft]),
  );
  if (byObject.size === 0) {
    const [newest] = await store.definitions.versions(packageKey, 1);
    return newest ? { items: [] } : null;
  }
  const acts = await store.audit.query({
    filter: {
      ...{ object: { $in: [...byObject.keys()] }, outcome: 'done' },
      action: { $in: Object.keys(STEPS) },
    },
    limit: MOST_ACTS,
  });
  const people = await peopleIn(
    store,
    acts.items.map(({ actor }) => actor),
  );
  const names = new Map(people.map((one) => [one.id, one.displayName ?? one.loginName]));
  // Who publishes an open draft hands it in with the same words at the same instant.
  const published = new Set(
    acts.items
      .filter(({ action }) => action === 'publishDraft')
      .map(({ object, at }) => `${object} ${at}`),
  );
  return {
    items: acts.items.flatMap(({ action, object, at, actor, reason }) => {
      const draft = byObject.get(object);
      const step = STEPS[action as keyof typeof STEPS];
      if (!draft || reason === null || reason === '') return [];
      if (step === 'handedIn' && published.has(`${object} ${at}`)) return [];
      const { draftId, title, published: hash } = draft;
      const by = names.get(actor ?? '') ?? null;
      return [{ draftId, title, hash, at, by, step, remark: reason }];
    }),
  };
}
