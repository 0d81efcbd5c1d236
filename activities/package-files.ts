/** The files of the package that an instance pins: its mails stay those that it was started with. */
import type { JobInput } from '../contracts/job.js';
import { InvariantError } from '../engine/errors/index.js';
import type { Store } from '../store/index.js';
import type { TemplateFiles } from './mail/template.js';

/** Packages kept; the longest unused goes first. */
const MOST_PACKAGES = 50;

/**
 * Makes the reader. It rejects while the store does not know the instance yet: the job is tried again.
 * Class: side effect.
 */
export function createPackageFiles({
  processInstances,
  definitions,
}: Pick<Store, 'processInstances' | 'definitions'>): (
  job: Pick<JobInput, 'instanceId' | 'processId'>,
) => Promise<TemplateFiles> {
  const kept = new Map<string, TemplateFiles>();
  return async ({ instanceId }) => {
    const instance = await processInstances.get(instanceId);
    if (instance === null) throw new Error(`the store does not know instance ${instanceId} yet`);
    const { definitionHash: hash } = instance;
    const files = kept.get(hash) ?? (await definitions.package(hash))?.files;
    if (files === undefined) throw new InvariantError(`the store has no package ${hash}`);
    kept.delete(hash);
    kept.set(hash, files);
    const [oldest] = kept.keys();
    if (kept.size > MOST_PACKAGES && oldest !== undefined) kept.delete(oldest);
    return files;
  };
}
