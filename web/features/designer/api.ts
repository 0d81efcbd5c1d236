/** What the designer's place asks of the server. */
import type {
  DraftFileRow,
  DraftFindings,
  DraftRow,
  JudgedInstance,
  PackageDiff,
  PackageRemarks,
  PackageRow,
  PackageSources,
  Played,
  PublicationPreview,
  ScenarioReportRow,
  Uploaded,
  WholeDraft,
  WholePackage,
} from '../../../contracts/designer.js';
import { ask } from '../../api/ask.js';

const DRAFTS = '/api/v1/drafts';
const PACKAGES = '/api/v1/packages';

/** Beginnings of what is kept of it. */
export const KEYS = {
  packages: ['designer', 'packages'],
  package: (key: string) => ['designer', 'package', key],
  draft: (id: string) => ['designer', 'draft', id],
} as const;

/** A page of packages. */
export interface PackagesPage {
  readonly items: readonly PackageRow[];
  readonly next: string | null;
}

export const readPackages = (after: string | null, signal: AbortSignal): Promise<PackagesPage> =>
  ask(`${PACKAGES}?limit=50${after === null ? '' : `&after=${after}`}`, { signal });
export const readPackage = (key: string, signal: AbortSignal): Promise<WholePackage> =>
  ask(`${PACKAGES}/${key}`, { signal });
export const readRemarks = (key: string, signal: AbortSignal): Promise<PackageRemarks> =>
  ask(`${PACKAGES}/${key}/remarks`, { signal });
export const beginDraft = (packageKey: string, title: string): Promise<WholeDraft> =>
  ask(DRAFTS, { method: 'POST', body: { packageKey, title } });
export const readDraft = (id: string, signal?: AbortSignal): Promise<WholeDraft> =>
  ask(`${DRAFTS}/${id}`, signal ? { signal } : {});
export const readFile = (id: string, path: string): Promise<DraftFileRow> => ask(fileAt(id, path));

const fileAt = (id: string, path: string): string =>
  `${DRAFTS}/${id}/file?path=${encodeURIComponent(path)}`;
/** What a request is made for: a file as it was read, or one that is not there yet. */
const condition = (version: number) =>
  version === 0 ? { isNew: true } : { ifMatch: `"${version}"` };

export const saveFile = (
  id: string,
  path: string,
  content: string,
  version: number,
): Promise<DraftFileRow> =>
  ask(fileAt(id, path), { method: 'PUT', body: { content }, ...condition(version) });
export const deleteFile = (id: string, path: string, version: number): Promise<void> =>
  ask(fileAt(id, path), { method: 'DELETE', ...condition(version) });

/** Several files at once, all or none. @returns those that there are of them */
export const changeFiles = (
  id: string,
  changes: readonly {
    readonly path: string;
    readonly content: string | null;
    readonly version: number;
  }[],
): Promise<{ readonly items: readonly DraftFileRow[] }> =>
  ask(`${DRAFTS}/${id}/files`, { method: 'POST', body: { changes } });
/** Where the files of a draft are fetched as a ZIP. */
export const archiveOf = (id: string): string => `${DRAFTS}/${id}/archive`;
/** Where a published version is fetched as a ZIP. */
export const archiveOfVersion = (key: string, hash: string): string =>
  `${PACKAGES}/${key}/versions/${hash}/archive`;
export const uploadInto = (
  id: string,
  zip: Blob,
  { version, isWhole }: { readonly version: number; readonly isWhole: boolean },
): Promise<Uploaded> =>
  ask(`${archiveOf(id)}?mode=${isWhole ? 'replace' : 'add'}`, {
    ...{ method: 'PUT', zip, ifMatch: `"${version}"` },
  });
export const uploadNew = (zip: Blob, packageKey: string, title: string): Promise<Uploaded> => {
  const asked = new URLSearchParams({ title, ...(packageKey !== '' && { packageKey }) });
  return ask(`${DRAFTS}/archive?${asked}`, { method: 'POST', zip });
};
/** Drafts that are worked on, of packages that are deployed or not. */
export const readDrafts = (
  state: 'open' | 'review',
  signal: AbortSignal,
): Promise<{ readonly items: readonly DraftRow[] }> =>
  ask(`${DRAFTS}?limit=200&state=${state}`, { signal });

export const readFindings = (id: string, signal: AbortSignal): Promise<DraftFindings> =>
  ask(`${DRAFTS}/${id}/findings`, { signal });
export const readDiff = (id: string, signal: AbortSignal): Promise<PackageDiff> =>
  ask(`${DRAFTS}/${id}/diff`, { signal });
/** A side of a comparison is the hash of a version or the id of a draft. */
const isDraft = (side: string): boolean => side.includes('-');

export const readComparison = (
  key: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<PackageDiff> =>
  isDraft(to)
    ? ask(`${DRAFTS}/${to}/diff?from=${from}`, { signal })
    : ask(`${PACKAGES}/${key}/diff?from=${from}&to=${to}`, { signal });
/** The text of a file as one side has it; null: it has none. */
export async function readSide(
  key: string,
  side: string,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (isDraft(side)) return (await readFile(side, path)).content;
  const found = await ask<PackageSources>(`${PACKAGES}/${key}/versions/${side}`, { signal });
  return found.files[path] ?? found.companions[path] ?? null;
}
export const readPreview = (id: string, signal: AbortSignal): Promise<PublicationPreview> =>
  ask(`${DRAFTS}/${id}/publication`, { signal });

/** Takes a draft to another state. */
export const stepDraft = (
  id: string,
  step: 'review' | 'return' | 'discard',
  version: number,
  remark: string,
): Promise<DraftRow> =>
  ask(`${DRAFTS}/${id}/${step}`, {
    method: 'POST',
    body: { version, ...(remark !== '' && { remark }) },
  });
export const publishDraft = (
  id: string,
  version: number,
  remark: string,
): Promise<{ readonly draft: DraftRow }> =>
  ask(`${DRAFTS}/${id}/publication`, {
    method: 'POST',
    body: { version, ...(remark !== '' && { remark }) },
  });
export const migrateRunning = (
  key: string,
  processId: string,
  instanceIds: readonly string[],
  reason: string,
): Promise<{ readonly instances: readonly JudgedInstance[] }> =>
  ask(`${PACKAGES}/${key}/migrations`, {
    method: 'POST',
    body: { processId, instanceIds, reason },
  });

/** A play as it is sent. */
export interface Script {
  readonly now: string;
  readonly jobs: Readonly<Record<string, unknown>>;
  readonly acts: readonly Readonly<Record<string, unknown>>[];
}
export const play = (draftId: string, script: Script, signal: AbortSignal): Promise<Played> =>
  ask('/api/v1/plays', { method: 'POST', body: { draftId, script }, signal });
export const keepPlay = (
  id: string,
  file: string,
  name: string,
  script: Script,
): Promise<DraftFileRow> =>
  ask(`${DRAFTS}/${id}/scenarios`, { method: 'POST', body: { file, name, script }, isNew: true });
export const runScenarios = (id: string): Promise<ScenarioReportRow> =>
  ask(`${DRAFTS}/${id}/scenario-runs`, { method: 'POST', body: {} });
export const readTemplates = (): Promise<{ readonly items: readonly object[] }> =>
  ask('/api/v1/element-templates');
