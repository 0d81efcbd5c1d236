/** Who looks after which customers: people and groups. Class: side effect (database). */
import { sql } from 'drizzle-orm';
import { jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';

export { createReaders, type Readers } from './readers.js';
export type { StandIn, Viewer } from './viewer.js';

/** Who looks after a customer, by the names under which tasks know them, each in the order of the alphabet. */
export interface LookedAfterBy {
  /** Login names. */
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

/** Portfolios. Acts on them stand in the audit. */
export interface Portfolios {
  /** Of these customers, in their order. */
  readonly of: (customerIds: readonly string[]) => Promise<readonly LookedAfterBy[]>;
  /**
   * Says who looks after a customer from now on; nobody else does.
   * @returns false: there is no such customer. Errors: `PORTFOLIO_PERSON_UNKNOWN`.
   */
  readonly set: (customerId: string, by: LookedAfterBy, who: By) => Promise<boolean>;
}

/** Makes them. */
export function createPortfolios(db: Queryable): Portfolios {
  return {
    of: async (customerIds) => {
      if (customerIds.length === 0) return [];
      const { rows } = await db.execute<Record<'customer_id' | 'kind' | 'member', string>>(sql`
        select customer_id, kind, member from customer_portfolio where customer_id in (
          select jsonb_array_elements_text(${jsonText(customerIds)}::jsonb)) order by member`);
      const ofKind = (id: string, wanted: string): string[] =>
        rows.flatMap(({ customer_id, kind, member }) =>
          customer_id === id && kind === wanted ? [member] : [],
        );
      return customerIds.map((id) => ({
        people: ofKind(id, 'person'),
        groups: ofKind(id, 'group'),
      }));
    },
    set: async (customerId, members, by) => {
      const isThere = await db.execute(
        sql`select 1 from customers where customer_id = ${customerId} and state <> 'gone'`,
      );
      if (isThere.rows.length === 0) return false;
      const rows = rowsOf(members);
      const told = {
        ...{ action: 'setPortfolio', object: `customer:${customerId}` },
        data: { people: [...members.people], groups: [...members.groups] },
      };
      await acting(db, by, told, async (tx) => {
        await tx.execute(
          sql`select 1 from customers where customer_id = ${customerId} for no key update`,
        );
        await refuseUnknown(tx, members.people);
        await tx.execute(sql`delete from customer_portfolio where customer_id = ${customerId}
          and (kind, member) not in (select kind, member from ${rows})`);
        await tx.execute(sql`insert into customer_portfolio (customer_id, kind, member, since)
          select ${customerId}, kind, member, ${by.at}::timestamptz from ${rows}
          on conflict do nothing`);
      });
      return true;
    },
  };
}

const rowsOf = ({ people, groups }: LookedAfterBy) => {
  const members = [
    ...people.map((member) => ({ kind: 'person', member })),
    ...groups.map((member) => ({ kind: 'group', member })),
  ];
  return sql`jsonb_to_recordset(${jsonText(members)}::jsonb) wanted (kind text, member text)`;
};

/** Groups are what people say they are; people are known. */
async function refuseUnknown(tx: Queryable, people: readonly string[]): Promise<void> {
  const { rows } = await tx.execute<{ login_name: string }>(sql`
    select login_name from users where login_name in (
      select jsonb_array_elements_text(${jsonText(people)}::jsonb))`);
  const known = new Set(rows.map((row) => row.login_name));
  const person = people.find((one) => !known.has(one));
  if (person !== undefined) throw storeFailure('PORTFOLIO_PERSON_UNKNOWN', { person });
}
