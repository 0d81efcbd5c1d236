/** Acts and refusals as the audit tells them, with who stands behind the ids. */
import { peopleIn } from '../../case-files/index.js';
import { listedAct } from '../../contracts/records.js';
import { type ToldLocale, WORDS } from '../../history/index.js';
import type { AuditRow, Store } from '../../store/index.js';
import type { WireFields } from '../camunda/fields.js';
import type { Searched } from '../camunda/search.js';

const FIELDS: WireFields = {
  number: { type: 'integer', field: 'number' },
  at: { type: 'instant', field: 'at' },
  actor: { type: 'text', field: 'actor' },
  action: { type: 'text', field: 'action' },
  object: { type: 'text', field: 'object' },
  outcome: { type: 'text', field: 'outcome' },
  code: { type: 'text', field: 'code' },
  requestId: { type: 'text', field: 'requestId' },
};

/** How they are searched, and told in a language. */
export const actsIn = (locale: ToldLocale): Searched<AuditRow> => ({
  ...{ name: 'acts', fields: FIELDS, row: listedAct },
  search: ({ audit }, query) => audit.query(query as never),
  shape: async (store, rows) => {
    const people = await peopleIn(
      store,
      rows.flatMap(({ actor, object }) => [actor, ...usersOf(object)]),
    );
    const names = new Map(people.map((one) => [one.id, one.displayName ?? one.loginName]));
    return rows.map((row) => ({
      ...row,
      actorName: names.get(row.actor ?? '') ?? null,
      sentence: WORDS[locale].act(row, names),
    }));
  },
});

const usersOf = (object: string): readonly string[] =>
  object.split(' ').flatMap((part) => (part.startsWith('user:') ? [part.slice(5)] : []));

/** By what the audit may know somebody whom people name: the name itself, and the id of who has it. */
export async function actorsNamed(
  { identities }: Pick<Store, 'identities'>,
  name: string,
): Promise<readonly string[]> {
  const { items } = await identities.search({ filter: { loginName: name }, limit: 1 });
  return [name, ...items.map(({ userId }) => userId)];
}
