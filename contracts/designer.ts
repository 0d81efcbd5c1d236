/** What the designer's place takes and tells, as zod schemas: packages, drafts, findings, plays, publication. */
import { z } from 'zod';
import type { Json } from '../engine/model/index.js';

const json: z.ZodType<Json> = z.json() as unknown as z.ZodType<Json>;
const instant = z.string();
const list = <T extends z.ZodType>(of: T) => z.array(of).readonly();
const texts = z.strictObject({ en: z.string(), 'pt-BR': z.string() });

/** Name of a package, and of its folder. */
export const packageKey = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name in kebab-case, such as new-customer');
/** SHA-256 of sources. */
export const packageHash = z.string().regex(/^[0-9a-f]{64}$/, 'the hash of a package');
/** Path of a file inside a package. */
export const filePath = z
  .string()
  .max(200)
  .regex(
    /^(?!.*\.\.)[A-Za-z0-9_][\w.-]*(\/[\w][\w.-]*)*\.(bpmn|dmn|form|liquid|ya?ml|csv|md|json)$/,
    'the path of a file of a package, such as forms/order.form',
  );
/** Text of a file; a model may be large. */
export const fileText = z.string().max(2_000_000);
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'no control characters, line ends included');

const versionRow = z.strictObject({
  hash: z.string(),
  deployedAt: instant,
  /** Login name, and what the draft is about that became this version; null: it was deployed past the drafts. */
  publishedBy: z.string().nullable(),
  about: z.string().nullable(),
  processes: list(z.strictObject({ processId: z.string(), version: z.number() })),
});

export const draftRow = z.strictObject({
  draftId: z.string(),
  packageKey: z.string(),
  title: z.string(),
  basedOn: z.string().nullable(),
  state: z.enum(['open', 'review', 'published', 'discarded']),
  version: z.number(),
  contributors: list(z.string()),
  createdBy: z.string(),
  createdAt: instant,
  changedBy: z.string(),
  changedAt: instant,
  remark: z.string().nullable(),
  published: z.string().nullable(),
});

export const draftFileRow = z.strictObject({
  path: z.string(),
  content: z.string(),
  version: z.number(),
  changedBy: z.string(),
  changedAt: instant,
});

export const packageRow = z.strictObject({
  key: z.string(),
  /** Null: its description has none. */
  title: texts.nullable(),
  /** Titles of its other processes, by their ids. */
  processes: z.record(z.string(), texts),
  hash: z.string(),
  deployedAt: instant,
  versions: z.number(),
  /** Drafts that are open or in review. */
  drafts: z.number(),
});

export const packagesPage = z.strictObject({
  items: list(packageRow),
  next: z.string().nullable(),
});

const packageFile = z.strictObject({
  path: z.string(),
  kind: z.enum([
    ...(['model', 'decision', 'decisionRows', 'form', 'mail', 'scenario', 'example'] as const),
    ...(['template', 'readme', 'description', 'other'] as const),
  ]),
  /** What people call it; null: it has no name but its own. */
  title: texts.nullable(),
});

export const wholePackage = z.strictObject({
  key: z.string(),
  title: texts.nullable(),
  /** What it is for, and who answers for it, as the newest version describes itself; null: it does not say. */
  purpose: texts.nullable(),
  owner: texts.nullable(),
  /** Of the newest version, with what lies beside it. */
  files: list(packageFile),
  versions: list(versionRow),
  drafts: list(draftRow),
});

/** What was said while drafts of a package were reviewed, newest first. */
export const packageRemarks = z.strictObject({
  items: list(
    z.strictObject({
      ...{ draftId: z.string(), title: z.string() },
      /** Of the version that became of the draft; null: none did. */
      hash: z.string().nullable(),
      at: instant,
      /** Null: they are not known any more. */
      by: z.string().nullable(),
      step: z.enum(['handedIn', 'givenBack', 'published', 'discarded']),
      remark: z.string(),
    }),
  ),
});

const files = z.record(z.string(), z.string());

export const packageSources = z.strictObject({
  key: z.string(),
  hash: z.string(),
  files,
  /** Tests and pages, which lie beside what runs. */
  companions: files,
});

export const newDraft = z.strictObject({
  packageKey,
  title: line(200).default(''),
  /** Absent: the newest that is deployed. */
  basedOn: packageHash.optional(),
});

export const wholeDraft = z.strictObject({ draft: draftRow, files: list(draftFileRow) });
export const draftsPage = z.strictObject({ items: list(draftRow), next: z.string().nullable() });

export const savedFile = z.strictObject({ content: fileText });
/** Several files at once, all or none. */
export const fileChanges = z.strictObject({
  changes: list(
    z.strictObject({
      path: filePath,
      /** Null: the file goes. */
      content: fileText.nullable(),
      /** Of the file as it was read; 0: it is new. */
      version: z.number().int().min(0),
    }),
  )
    .refine((all) => all.length > 0 && all.length <= 100, 'one to a hundred changes')
    .refine((all) => new Set(all.map(({ path }) => path)).size === all.length, 'each file once'),
});
/** Those that there are of them. */
export const changedFiles = z.strictObject({ items: list(draftFileRow) });
/** A draft with the files of an archive. */
export const uploaded = wholeDraft.extend({
  /** Names in the archive that are no part of a package. */
  leftOut: list(z.string()),
});
export const draftStep = z.strictObject({
  /** Of the draft as it was read. */
  version: z.number().int().min(1),
  remark: line(1000).min(1).optional(),
});

const finding = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'strict', 'warning']),
  elementId: z.string().nullable(),
  message: z.string(),
  docs: z.string(),
  file: z.string().nullable(),
  line: z.number().nullable(),
});
const fix = z.strictObject({
  title: texts,
  edits: list(
    z.strictObject({
      path: z.string(),
      from: z.number(),
      to: z.number(),
      /** Null: the file goes. */
      text: z.string().nullable(),
    }),
  ),
});
export const draftFindings = z.strictObject({
  /** Of the draft that was judged. */
  version: z.number(),
  findings: list(finding.extend({ fixes: list(fix) })),
});

const property = z.strictObject({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
const element = z.strictObject({
  elementId: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  properties: list(property),
});
const change = z.enum(['added', 'removed', 'changed']);
/** Places of rules count from 1; null: it is not there. */
const decisionChange = z.strictObject({
  ...{ kind: change, decisionId: z.string(), name: z.string().nullable() },
  properties: list(property),
  columns: list(z.strictObject({ kind: change, column: z.string(), properties: list(property) })),
  rules: list(
    z.strictObject({
      kind: z.enum(['added', 'removed', 'changed', 'moved']),
      ...{ before: z.number().nullable(), after: z.number().nullable() },
      ...{ about: z.string().nullable(), aboutBefore: z.string().nullable() },
      cells: list(
        z.strictObject({
          column: z.string(),
          ...{ before: z.string().nullable(), after: z.string().nullable() },
        }),
      ),
    }),
  ),
});
export const packageDiff = z.strictObject({
  from: z.string().nullable(),
  to: z.string().nullable(),
  files: list(
    z.strictObject({
      path: z.string(),
      kind: change,
      model: z
        .strictObject({
          ...{ added: list(element), removed: list(element), changed: list(element) },
          moved: list(z.string()),
        })
        .nullable(),
      /** Of a file of decisions, which lines tell as well. */
      decisions: list(decisionChange).nullable(),
      lines: list(
        z.strictObject({
          kind: z.enum(['same', 'removed', 'added', 'skipped']),
          text: z.string(),
        }),
      ),
    }),
  ),
});

export const scenarioReport = z.strictObject({
  runs: list(
    z.strictObject({
      ...{ file: z.string(), name: z.string(), ok: z.boolean() },
      mismatches: list(z.strictObject({ at: z.string(), expected: json, actual: json })),
      refused: list(z.string()),
      incidents: list(
        z.strictObject({ element: z.string(), code: z.string(), message: z.string() }),
      ),
    }),
  ),
  findings: list(finding),
  coverage: list(
    z.strictObject({
      ...{ file: z.string(), processId: z.string() },
      reached: z.record(z.string(), z.number()),
      elements: list(z.string()),
    }),
  ),
});

const at = { instanceId: z.string(), processId: z.string(), elementId: z.string() };
const variables = z.record(z.string(), json);

/** Where a play stands. */
export const playView = z.strictObject({
  at: instant,
  nextAt: instant.nullable(),
  problem: z.strictObject({ act: z.number(), expected: json, actual: json }).nullable(),
  instances: list(
    z.strictObject({
      ...{ instanceId: z.string(), processId: z.string(), status: z.string() },
      ...{ callerId: z.string().nullable(), variables },
    }),
  ),
  tokens: list(z.strictObject(at)),
  tasks: list(
    z.strictObject({
      ...at,
      ...{ taskId: z.string(), name: z.string().nullable(), formId: z.string().nullable() },
      ...{ assignee: z.string().nullable(), candidateGroups: list(z.string()) },
      ...{ dueAt: instant.nullable(), variables },
    }),
  ),
  jobs: list(z.strictObject({ ...at, jobId: z.string(), type: z.string() })),
  timers: list(z.strictObject({ ...at, dueAt: instant })),
  waits: list(
    z.strictObject({
      ...{ ...at, kind: z.enum(['message', 'signal']) },
      ...{ name: z.string(), key: z.string() },
    }),
  ),
  incidents: list(z.strictObject({ ...at, code: z.string(), message: z.string() })),
  reached: z.record(z.string(), z.record(z.string(), z.number())),
  timeline: list(
    z.strictObject({
      ...at,
      ...{ at: instant, kind: z.string(), name: z.string().nullable() },
      act: z.number().nullable(),
      data: variables.nullable(),
    }),
  ),
  earlier: z.number(),
});
/** A play, or what keeps the package from being played. */
export const played = z.strictObject({ play: playView.nullable(), findings: list(finding) });

const judged = z.strictObject({
  instanceId: z.string(),
  processId: z.string(),
  fromVersion: z.number(),
  /** Null: it can go. */
  problem: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

/** What publishing would do. */
export const publicationPreview = z.strictObject({
  version: z.number(),
  isAccepted: z.boolean(),
  /** Whether somebody else than those who worked on it has to publish it. */
  needsSecond: z.boolean(),
  /** Whether the caller may. */
  mayPublish: z.boolean(),
  findings: list(finding),
  definitions: list(
    z.strictObject({
      ...{ file: z.string(), type: z.string(), id: z.string() },
      ...{ version: z.number(), isNew: z.boolean() },
    }),
  ),
  /** Running instances of its processes, and which could go on with the new versions. */
  instances: list(judged),
  /** How many more there are that were not looked at. */
  further: z.number(),
});

export const published = z.strictObject({
  draft: draftRow,
  definitions: publicationPreview.shape.definitions,
});

/** Which instances go on with the version that is newest now. */
export const newMigration = z.strictObject({
  processId: z.string().min(1).max(500),
  instanceIds: list(z.string().min(1).max(500)).optional(),
  reason: line(1000).min(1),
  /** Says which could, and changes nothing. */
  isDryRun: z.boolean().default(false),
});
export const migrated = z.strictObject({ toVersion: z.number(), instances: list(judged) });

export type DraftRow = z.infer<typeof draftRow>;
export type DraftFileRow = z.infer<typeof draftFileRow>;
export type PackageRow = z.infer<typeof packageRow>;
export type PackageFileRow = z.infer<typeof packageFile>;
export type WholePackage = z.infer<typeof wholePackage>;
export type PackageRemarks = z.infer<typeof packageRemarks>;
export type WholeDraft = z.infer<typeof wholeDraft>;
export type Uploaded = z.infer<typeof uploaded>;
export type DraftFindings = z.infer<typeof draftFindings>;
export type ShownFinding = DraftFindings['findings'][number];
export type PackageSources = z.infer<typeof packageSources>;
export type PackageDiff = z.infer<typeof packageDiff>;
export type ScenarioReportRow = z.infer<typeof scenarioReport>;
export type PlayShown = z.infer<typeof playView>;
export type Played = z.infer<typeof played>;
export type PublicationPreview = z.infer<typeof publicationPreview>;
export type JudgedInstance = z.infer<typeof judged>;
