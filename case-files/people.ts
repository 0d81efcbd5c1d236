/** Who stands behind the names and ids of a case. Class: side effect (reads). */
import type { WholeCase } from '../contracts/cases.js';
import type { Store } from '../store/index.js';

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const MOST = 1000;

/** Those among them who sign in here: by id as the audit knows them, by login name as journals do. */
export async function peopleIn(
  { identities }: Pick<Store, 'identities'>,
  named: readonly (string | null)[],
): Promise<WholeCase['people']> {
  const all = [...new Set(named.filter((one) => one !== null))];
  const ids = all.filter((one) => ID.test(one)).slice(0, MOST);
  const names = all.filter((one) => !ID.test(one)).slice(0, MOST);
  const found = await Promise.all([
    ids.length === 0
      ? []
      : (await identities.search({ filter: { userId: { $in: ids } }, limit: MOST })).items,
    names.length === 0
      ? []
      : (await identities.search({ filter: { loginName: { $in: names } }, limit: MOST })).items,
  ]);
  const [byId, byName] = found;
  return [
    ...byId.map(({ userId, loginName, displayName }) => ({ id: userId, loginName, displayName })),
    ...byName.map(({ loginName, displayName }) => ({ id: loginName, loginName, displayName })),
  ];
}
