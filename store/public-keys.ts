/**
 * Numbers beside our ids, for an API whose keys are numbers: made when a thing is first shown, and never another. They say
 * nothing of the thing. Class: side effect (database).
 */
import { sql } from 'drizzle-orm';
import { jsonText } from './columns.js';
import type { Queryable } from './database.js';

/** A thing of some kind, as we name it. */
export interface KeyedThing {
  readonly kind: string;
  readonly id: string;
}

/** The register of numbers. */
export interface PublicKeys {
  /** Numbers of things, made where there are none, in the order of the things. They are texts of digits. */
  readonly keysOf: (things: readonly KeyedThing[]) => Promise<readonly string[]>;
  /** Ids of the numbers of one kind, in their order; null: nothing of that kind has it. */
  readonly idsOf: (kind: string, keys: readonly string[]) => Promise<readonly (string | null)[]>;
}

/** Numbers that a text of digits may be: what is longer is none of ours. */
const LONGEST = 18;

/** Pairs that are kept at hand: those of some hundred pages, in some megabytes. */
const REMEMBERED = 20_000;

/** Makes the register. @param most - pairs that it remembers */
export function createPublicKeys(db: Queryable, most = REMEMBERED): PublicKeys {
  const known = remember(most);
  const read = async (things: readonly KeyedThing[]): Promise<Map<string, string>> => {
    const { rows } = await db.execute<{ kind: string; id: string; key: string }>(sql`
      select kind, id, key::text from public_keys
      join jsonb_to_recordset(${jsonText(things)}::jsonb) wanted (kind text, id text) using (kind, id)`);
    for (const row of rows) known.add(row);
    return new Map(rows.map((row) => [nameOf(row), row.key]));
  };
  return {
    keysOf: async (things) => {
      if (things.length === 0) return [];
      const wanted = [...new Map(things.map((thing) => [nameOf(thing), thing])).values()];
      const found = known.keysOf(wanted);
      const others = wanted.filter((thing) => !found.has(nameOf(thing)));
      if (others.length > 0) for (const [name, key] of await read(others)) found.set(name, key);
      const fresh = wanted.filter((thing) => !found.has(nameOf(thing)));
      if (fresh.length > 0) {
        // In one order for everybody: whoever is second waits and never for each other.
        await db.execute(sql`insert into public_keys (kind, id)
          select kind, id from jsonb_to_recordset(${jsonText(fresh)}::jsonb) fresh (kind text, id text)
          order by kind, id on conflict do nothing`);
        for (const [name, key] of await read(fresh)) found.set(name, key);
      }
      return things.map((thing) => found.get(nameOf(thing)) as string);
    },
    idsOf: async (kind, keys) => {
      const ids = known.idsOf(kind, keys);
      const isKey = (key: string): boolean => key.length <= LONGEST && /^\d+$/.test(key);
      const usable = keys.filter((key) => !ids.has(key) && isKey(key));
      if (usable.length === 0) return keys.map((key) => ids.get(key) ?? null);
      const { rows } = await db.execute<{ id: string; key: string }>(sql`
        select id, key::text from public_keys where kind = ${kind}
          and key in (select value::bigint from jsonb_array_elements_text(${jsonText(usable)}::jsonb))`);
      for (const { id, key } of rows) {
        known.add({ kind, id, key });
        ids.set(key, id);
      }
      return keys.map((key) => ids.get(key) ?? null);
    },
  };
}

const nameOf = ({ kind, id }: KeyedThing): string => `${kind} ${id}`;

type Keyed = KeyedThing & { readonly key: string };

/** The pairs last read, both ways: a number is one thing's for ever, so what was read once need not be asked again. Class: state. */
function remember(most: number) {
  const byName = new Map<string, string>();
  const byKey = new Map<string, KeyedThing>();
  return {
    /** By the name of the thing. */
    keysOf: (things: readonly KeyedThing[]): Map<string, string> =>
      new Map(
        things.map(nameOf).flatMap((name) => {
          const key = byName.get(name);
          return key === undefined ? [] : [[name, key] as const];
        }),
      ),
    /** By the key. */
    idsOf: (kind: string, keys: readonly string[]): Map<string, string> =>
      new Map(
        keys.flatMap((key) => {
          const thing = byKey.get(key);
          return thing?.kind === kind ? [[key, thing.id] as const] : [];
        }),
      ),
    add: ({ kind, id, key }: Keyed): void => {
      byName.set(nameOf({ kind, id }), key);
      byKey.set(key, { kind, id });
      const [oldest] = byKey;
      if (byKey.size <= most || !oldest) return;
      const [gone, thing] = oldest;
      byKey.delete(gone);
      byName.delete(nameOf(thing));
    },
  };
}
