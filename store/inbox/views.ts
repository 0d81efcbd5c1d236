/** Views of the inbox that people keep: their own, and those that somebody shares with all. Class: side effect (database). */
import { type SQL, sql } from 'drizzle-orm';
import type { Variables } from '../../engine/model/index.js';
import { instantFromText, jsonText } from '../columns.js';
import type { Queryable } from '../database.js';
import { storeFailure } from '../failure.js';
import { acting, type By } from '../identities/acts.js';

/** A view. */
export interface InboxView {
  readonly viewId: string;
  readonly ownerId: string;
  /** As others know the owner. */
  readonly ownerName: string;
  readonly name: string;
  readonly isShared: boolean;
  /** As the API takes it. */
  readonly query: Variables;
  readonly version: number;
  readonly updatedAt: string;
}

/** Of a new one. */
export type NewView = Pick<InboxView, 'viewId' | 'ownerId' | 'name' | 'isShared' | 'query'>;

/** What is changed; what is left out stays. */
export type ViewChange = Partial<Pick<InboxView, 'name' | 'isShared' | 'query'>>;

/** The views. Acts on them stand in the audit. */
export interface InboxViews {
  /** Those that a person sees: their own first, then what others share, each by name. */
  readonly seenBy: (userId: string) => Promise<readonly InboxView[]>;
  /** One that a person sees; null: there is none. */
  readonly get: (viewId: string, userId: string) => Promise<InboxView | null>;
  /** Errors: `VIEWS_TOO_MANY`. */
  readonly add: (view: NewView, by: By) => Promise<void>;
  /**
   * Changes one that is of this version still, and of this owner.
   * @returns false: this owner has none of that id. Errors: `VIEW_CHANGED`.
   */
  readonly change: (
    of: Pick<InboxView, 'viewId' | 'ownerId' | 'version'>,
    changes: ViewChange,
    by: By,
  ) => Promise<boolean>;
  /** @returns false: this owner has none of that id */
  readonly remove: (of: Pick<InboxView, 'viewId' | 'ownerId'>, by: By) => Promise<boolean>;
}

/** Views that a person may keep. */
const MOST_VIEWS = 50;

type Row = Readonly<
  Record<'view_id' | 'owner_id' | 'login_name' | 'name' | 'updated_at', string>
> & {
  readonly is_shared: boolean;
  readonly query: Variables;
  readonly version: number;
};

/** Makes them. */
export function createInboxViews(db: Queryable): InboxViews {
  const read = async (where: SQL): Promise<readonly InboxView[]> => {
    const { rows } = await db.execute<Row>(sql`
      select view_id, owner_id, login_name, name, is_shared, query, version, updated_at::text
      from inbox_views join users on user_id = owner_id where ${where}
      order by name, view_id`);
    return rows.map(viewOf);
  };
  return {
    seenBy: async (userId) => {
      const seen = await read(sql`owner_id = ${userId} or (is_shared and is_active)`);
      const isOwn = ({ ownerId }: InboxView): boolean => ownerId === userId;
      return [...seen.filter(isOwn), ...seen.filter((view) => !isOwn(view))];
    },
    get: async (viewId, userId) => {
      const where = sql`view_id = ${viewId} and (owner_id = ${userId} or is_shared)`;
      return (await read(where))[0] ?? null;
    },
    add: ({ viewId, ownerId, name, isShared, query }, by) =>
      acting(
        db,
        by,
        { action: 'addView', object: ofView(viewId), data: { isShared } },
        async (tx) => {
          // Of one person at a time, so that the limit holds.
          await tx.execute(sql`select 1 from users where user_id = ${ownerId} for update`);
          const { rows } = await tx.execute(
            sql`select 1 from inbox_views where owner_id = ${ownerId} limit ${MOST_VIEWS}`,
          );
          if (rows.length === MOST_VIEWS)
            throw storeFailure('VIEWS_TOO_MANY', { most: MOST_VIEWS });
          await tx.execute(sql`insert into inbox_views
          (view_id, owner_id, name, is_shared, query, created_at, updated_at)
          values (${viewId}, ${ownerId}, ${name}, ${isShared}, ${jsonText(query)}::jsonb,
            ${by.at}::timestamptz, ${by.at}::timestamptz)`);
        },
      ),
    change: (of, changes, by) => changeView(db, of, changes, by),
    remove: ({ viewId, ownerId }, by) =>
      upon(db, { viewId, ownerId }, () =>
        acting(db, by, { action: 'removeView', object: ofView(viewId) }, async (tx) => {
          await tx.execute(
            sql`delete from inbox_views where view_id = ${viewId} and owner_id = ${ownerId}`,
          );
        }),
      ),
  };
}

const ofView = (viewId: string): string => `view:${viewId}`;

/** Does something upon a view, where this owner has it. */
async function upon(
  db: Queryable,
  { viewId, ownerId }: Pick<InboxView, 'viewId' | 'ownerId'>,
  act: () => Promise<void>,
): Promise<boolean> {
  const { rows } = await db.execute(
    sql`select 1 from inbox_views where view_id = ${viewId} and owner_id = ${ownerId}`,
  );
  if (rows.length === 0) return false;
  await act();
  return true;
}

function changeView(
  db: Queryable,
  { viewId, ownerId, version }: Pick<InboxView, 'viewId' | 'ownerId' | 'version'>,
  { name, isShared, query }: ViewChange,
  by: By,
): Promise<boolean> {
  const changed = Object.keys({ ...(name && { name }), ...(query && { query }) });
  const data = { changed, ...(isShared !== undefined && { isShared }) };
  const told = { action: 'changeView', object: ofView(viewId), data };
  return upon(db, { viewId, ownerId }, () =>
    acting(db, by, told, async (tx) => {
      const { rows } = await tx.execute(sql`update inbox_views set
        name = coalesce(${name ?? null}, name),
        is_shared = coalesce(${isShared ?? null}::boolean, is_shared),
        query = coalesce(${query === undefined ? null : jsonText(query)}::jsonb, query),
        version = version + 1, updated_at = ${by.at}::timestamptz
        where view_id = ${viewId} and owner_id = ${ownerId} and version = ${version} returning 1`);
      if (rows.length === 0) throw storeFailure('VIEW_CHANGED', { version });
    }),
  );
}

const viewOf = (row: Row): InboxView => ({
  ...{ viewId: row.view_id, ownerId: row.owner_id, ownerName: row.login_name, name: row.name },
  ...{ isShared: row.is_shared, query: row.query, version: row.version },
  updatedAt: instantFromText(row.updated_at),
});
