/** From a draft to what runs: what that would do, and doing it. Class: side effect. */
import type { PublicationPreview } from '../../contracts/designer.js';
import type { Operate } from '../../contracts/operate.js';
import { compilePackage, hashPackage, type PackageFiles, partsOf } from '../../registry/index.js';
import type { By, Draft, Store } from '../../store/index.js';
import type { DesignerDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { judgeAll, runningOf } from './instances.js';
import { hasWorkedOn, needsSecond } from './second-person.js';
import { filesOf } from './workspace.js';

/** What publications lean on. */
export interface PublicationDeps extends DesignerDeps {
  readonly store: Store;
  readonly operate: Operate;
}

/** Who publishes: as the engine knows them, and as the audit of drafts does. */
export interface Publisher {
  readonly asker: Parameters<Operate>[2];
  readonly by: By;
  readonly loginName: string;
}

/** What publishing would do now; it changes nothing. Errors: those of the store. */
export async function previewPublication(
  deps: PublicationDeps,
  draft: Draft,
  { asker, loginName }: Pick<Publisher, 'asker' | 'loginName'>,
): Promise<PublicationPreview> {
  const files = await filesOf(deps.store, draft.draftId);
  const second = await needsSecond(deps, draft.packageKey, files);
  const { deployed } = partsOf(files);
  const { isAccepted, findings, deployed: rows } = await deploy(deps, draft, deployed, asker, true);
  const definitions = rows.map(({ package: _key, ...row }) => row);
  const judged = isAccepted ? await judge(deps, deployed, definitions) : NONE;
  return {
    ...{ version: draft.version, isAccepted, needsSecond: second, definitions },
    mayPublish: isAccepted && !(second && hasWorkedOn(draft, loginName)),
    findings: findings as PublicationPreview['findings'],
    ...judged,
  };
}

const NONE = { instances: [], further: 0 } as const;

/** Which running instances could go on with what is not deployed yet. */
async function judge(
  { store, foresee }: PublicationDeps,
  files: PackageFiles,
  definitions: PublicationPreview['definitions'],
): Promise<Pick<PublicationPreview, 'instances' | 'further'>> {
  const hash = hashPackage(files);
  const made = definitions.filter(({ type, isNew }) => type === 'process' && isNew);
  const { processes } = made.length > 0 ? await compilePackage(files) : { processes: [] };
  const all: PublicationPreview['instances'][number][] = [];
  let further = 0;
  for (const { id, version } of made) {
    const after = processes.find((process) => process.id === id);
    if (!after) continue;
    const running = await runningOf(store, id, version);
    further += running.further;
    const judged = await judgeAll(running.items, async (instance) => {
      const from = { version: instance.definitionVersion, hash: instance.definitionHash };
      const plan = { from, to: { version, hash }, mappings: [] };
      const seen = await foresee(instance.instanceId, plan, after);
      return 'code' in seen ? seen : (seen.problems[0] ?? null);
    });
    all.push(...judged.map((one) => ({ ...one, problem: obstacleIn(one.problem) })));
  }
  return { instances: all, further };
}

const obstacleIn = (problem: PublicationPreview['instances'][number]['problem']) =>
  problem && { code: problem.code, message: problem.message };

/**
 * Publishes a draft. It is handed in first, so that nobody changes what is being deployed; who is interrupted publishes again,
 * and the same sources are the same version.
 *
 * Errors: `DRAFT_CHANGED`, `DRAFT_CLOSED`, `DRAFT_REFUSED`, `FOUR_EYES`.
 */
export async function publish(
  deps: PublicationDeps,
  draft: Draft,
  step: { readonly version: number; readonly remark: string | null },
  { asker, by, loginName }: Publisher,
): Promise<{ readonly draft: Draft; readonly definitions: PublicationPreview['definitions'] }> {
  const { store } = deps;
  const { draftId } = draft;
  const files = await filesOf(store, draftId);
  if ((await needsSecond(deps, draft.packageKey, files)) && hasWorkedOn(draft, loginName)) {
    await tellRefused(store, draft, by);
    throw new Problem('FOUR_EYES', { person: loginName });
  }
  const given = { draftId, ...step };
  const held = draft.state === 'open' ? await store.drafts.submit(given, loginName, by) : draft;
  const version = draft.state === 'open' ? held.version : step.version;
  // Read again: from here on nobody changes them.
  const { deployed, companions } = partsOf(await filesOf(store, draftId));
  const reason = { ...asker, reason: step.remark };
  const made = await deploy(deps, held, deployed, reason, false);
  if (!made.isAccepted) {
    if (draft.state === 'open') {
      await store.drafts.giveBack({ draftId, version, remark: null }, loginName, by);
    }
    throw new Problem('DRAFT_REFUSED', { detail: firstOf(made.findings) });
  }
  const hash = hashPackage(deployed);
  await store.definitions.keepCompanions(hash, companions);
  const to = { draftId, version, remark: step.remark };
  const published = await store.drafts.publish(to, hash, loginName, by);
  return { draft: published, definitions: made.deployed.map(({ package: _key, ...row }) => row) };
}

async function deploy(
  { operate }: PublicationDeps,
  { packageKey: key }: Draft,
  files: PackageFiles,
  asker: Publisher['asker'],
  isDryRun: boolean,
) {
  const packages = [{ key, files: { ...files } }];
  const made = await operate('deploy', { packages, isDryRun }, asker);
  if (made.ok) {
    const findings = made.output.findings.map((one) => ({
      ...one,
      file: one.file?.replace(`${key}/`, '') ?? null,
    }));
    return { ...made.output, findings };
  }
  throw new Problem('DRAFT_REFUSED', { detail: `${made.code}: ${made.message}` });
}

function firstOf(findings: readonly { code: string; severity: string; message: string }[]): string {
  const errors = findings.filter(({ severity }) => severity !== 'warning');
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `it has ${first?.code ?? 'faults'}${more}: ${first?.message ?? ''}`;
}

async function tellRefused({ audit }: Store, draft: Draft, by: By): Promise<void> {
  const object = `draft:${draft.draftId} package:${draft.packageKey}`;
  const data = { version: draft.version };
  await audit.append({
    ...{ ...by, action: 'publishDraft', object, data },
    ...{ outcome: 'refused', code: 'FOUR_EYES' },
  });
}
