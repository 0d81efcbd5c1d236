/** Packages as folders: what is deployed of each, and since when. Class: side effect (database). */
import { sql } from 'drizzle-orm';
import { instantFromText } from '../columns.js';
import type { Queryable } from '../database.js';

/** A package with the newest that is deployed of it. */
export interface PackageRow {
  readonly key: string;
  readonly hash: string;
  /** ISO 8601 UTC. */
  readonly deployedAt: string;
  readonly versions: number;
  /** `process.yaml` of the newest; null: it has none. */
  readonly description: string | null;
}

/** Sources that were deployed under a key. */
export interface PackageVersion {
  readonly hash: string;
  readonly deployedAt: string;
  /** The versions that its processes have by it. */
  readonly processes: readonly { readonly processId: string; readonly version: number }[];
}

type Listed = Omit<PackageRow, 'versions'> & { readonly versions: string };

/** One page; see `Definitions`. */
export async function listPackages(
  db: Queryable,
  limit: number,
  after: string | null,
): Promise<readonly PackageRow[]> {
  const { rows } = await db.execute<Listed>(sql`
    select newest.key, newest.hash, newest.deployed_at::text as "deployedAt", newest.versions::text as versions,
      file.content as description
    from (
      select distinct on (package.key) package.key, package.hash, definition.deployed_at,
        (select count(distinct other.package_hash) from process_definitions other
          join packages same on same.hash = other.package_hash and same.key = package.key) as versions
      from process_definitions definition join packages package on package.hash = definition.package_hash
      where package.key > ${after ?? ''}
      order by package.key, definition.deployed_at desc, definition.version desc
      limit ${limit}
    ) newest
    left join package_files file on file.hash = newest.hash and file.path = 'process.yaml'
    order by newest.key`);
  return rows.map(({ deployedAt, versions, ...row }) => {
    return { ...row, deployedAt: instantFromText(deployedAt), versions: Number(versions) };
  });
}

/** Newest first; see `Definitions`. */
export async function versionsOf(
  db: Queryable,
  key: string,
  limit: number,
): Promise<readonly PackageVersion[]> {
  const { rows } = await db.execute<{
    hash: string;
    deployedAt: string;
    processes: PackageVersion['processes'];
  }>(sql`
    select package.hash, max(definition.deployed_at)::text as "deployedAt",
      json_agg(json_build_object('processId', definition.process_id, 'version', definition.version)
        order by definition.process_id, definition.version desc) as processes
    from packages package join process_definitions definition on definition.package_hash = package.hash
    where package.key = ${key}
    group by package.hash
    order by max(definition.deployed_at) desc, package.hash limit ${limit}`);
  return rows.map(({ deployedAt, ...row }) => ({
    ...row,
    deployedAt: instantFromText(deployedAt),
  }));
}
