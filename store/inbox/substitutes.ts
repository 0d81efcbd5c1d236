/** Who stands in for whom while they are away. Acts on it stand in the audit. Class: side effect (database). */
import { type SQL, sql } from 'drizzle-orm';
import { instantFromText, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';
import type { StandIn } from '../portfolio/viewer.js';

/** One. Instants are ISO 8601 UTC; it holds from `fromAt` until before `untilAt`. */
export interface Substitute {
  readonly substituteId: string;
  readonly absentId: string;
  readonly personId: string;
  /** Login names. */
  readonly absent: string;
  readonly substitute: string;
  readonly fromAt: string;
  readonly untilAt: string;
  readonly tz: string;
  /** Null: upon all processes. */
  readonly processIds: readonly string[] | null;
}

/** Of a new one. */
export type NewSubstitute = Omit<Substitute, 'absent' | 'substitute'>;

/** All of them. */
export interface Substitutes {
  /** Those that are not over, the next first: of whom somebody is one of the two, or all. */
  readonly list: (
    of: { readonly userId: string } | 'all',
    at: string,
  ) => Promise<readonly Substitute[]>;
  /** For whom somebody stands in now. Those for whom others stand in do not come along with them. */
  readonly activeOf: (userId: string, at: string) => Promise<readonly StandIn[]>;
  /** Errors: `SUBSTITUTES_TOO_MANY`. */
  readonly add: (substitute: NewSubstitute, by: By) => Promise<void>;
  /** @param absentId - whose it has to be; null: anybody's. @returns false: there is none */
  readonly remove: (substituteId: string, absentId: string | null, by: By) => Promise<boolean>;
  /** Forgets those that were over before an instant. */
  readonly prune: (before: string) => Promise<void>;
}

/** Of one person, that are not over. */
const MOST = 20;

type Row = Readonly<
  Record<
    | 'substitute_id'
    | 'absent_id'
    | 'person_id'
    | 'absent'
    | 'substitute'
    | 'from_at'
    | 'until_at'
    | 'tz',
    string
  >
> & { readonly process_ids: readonly string[] | null };

/** Makes the group. */
export function createSubstitutes(db: Queryable): Substitutes {
  const read = async (where: SQL): Promise<readonly Substitute[]> => {
    const { rows } = await db.execute<Row>(sql`
      select substitute_id, absent_id, person_id, away.login_name as absent,
        standing.login_name as substitute, from_at::text, until_at::text, tz, process_ids
      from substitutes join users away on away.user_id = absent_id
        join users standing on standing.user_id = person_id
      where ${where} order by from_at, substitute_id limit 1000`);
    return rows.map(substituteOf);
  };
  return {
    list: (of, at) => {
      const isOpen = sql`until_at > ${at}::timestamptz`;
      if (of === 'all') return read(isOpen);
      return read(sql`${isOpen} and (absent_id = ${of.userId} or person_id = ${of.userId})`);
    },
    activeOf: async (userId, at) => {
      const { rows } = await db.execute<{
        login_name: string;
        groups: readonly string[];
        process_ids: readonly string[] | null;
      }>(sql`select login_name, groups, process_ids
        from substitutes join users on user_id = absent_id
        where person_id = ${userId} and from_at <= ${at}::timestamptz
          and until_at > ${at}::timestamptz and is_active and roles && array['csm', 'admin']
        order by login_name, substitute_id`);
      return rows.map(({ login_name: user, groups, process_ids: processIds }) => ({
        ...{ user, groups, processIds },
      }));
    },
    add: (one, by) => add(db, one, by),
    remove: async (substituteId, absentId, by) => {
      const isOne = sql`substitute_id = ${substituteId}
        and (${absentId}::text is null or absent_id = ${absentId}::text)`;
      const [found] = await read(isOne);
      if (!found) return false;
      const told = { action: 'removeSubstitute', object: objectOf(found) };
      return acting(db, by, told, async (tx) => {
        const { rows } = await tx.execute(sql`delete from substitutes where ${isOne} returning 1`);
        return rows.length > 0;
      });
    },
    prune: async (before) => {
      await db.execute(sql`delete from substitutes where until_at < ${before}::timestamptz`);
    },
  };
}

/** Both are told: of the one their tasks are done, the other does them. */
const objectOf = ({ absentId, personId }: Pick<Substitute, 'absentId' | 'personId'>): string =>
  `user:${absentId} user:${personId}`;

function add(db: Queryable, one: NewSubstitute, by: By): Promise<void> {
  const { substituteId, absentId, personId, fromAt, untilAt, tz, processIds } = one;
  const data = { fromAt, untilAt, processIds: processIds && [...processIds] };
  const told = { action: 'addSubstitute', object: objectOf(one), data };
  return acting(db, by, told, async (tx) => {
    // Of one person at a time, so that the limit holds.
    await tx.execute(sql`select 1 from users where user_id = ${absentId} for update`);
    const { rows } = await tx.execute(sql`select 1 from substitutes
      where absent_id = ${absentId} and until_at > ${by.at}::timestamptz limit ${MOST}`);
    if (rows.length === MOST) throw storeFailure('SUBSTITUTES_TOO_MANY', { most: MOST });
    const limits =
      processIds === null
        ? sql`null::text[]`
        : sql`(select array_agg(value) from jsonb_array_elements_text(${jsonText(processIds)}::jsonb))`;
    await tx.execute(sql`insert into substitutes
      (substitute_id, absent_id, person_id, from_at, until_at, tz, process_ids, made_at)
      values (${substituteId}, ${absentId}, ${personId}, ${fromAt}::timestamptz,
        ${untilAt}::timestamptz, ${tz}, ${limits}, ${by.at}::timestamptz)`);
  });
}

const substituteOf = (row: Row): Substitute => ({
  ...{ substituteId: row.substitute_id, absentId: row.absent_id, personId: row.person_id },
  ...{ absent: row.absent, substitute: row.substitute, tz: row.tz },
  ...{ fromAt: instantFromText(row.from_at), untilAt: instantFromText(row.until_at) },
  processIds: row.process_ids,
});
