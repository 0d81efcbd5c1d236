/** Sizes beyond which a file is refused. Source: measured; a model of 1,000 tasks uses a tenth of each. */
export const LIMITS = {
  bytes: 5 * 1024 * 1024,
  /** Elements that carry an id; the diagram is not counted. */
  elements: 20_000,
  /** Tags of any kind, the diagram included. */
  tags: 100_000,
  depth: 64,
  attributeCharacters: 64 * 1024,
  flowsAtNode: 500,
  /** Children of one element that name others, e.g. `flowNodeRef`: moddle resolves them in quadratic time. */
  references: 10_000,
  /** Prefixes declared at one place. */
  namespaces: 100,
  findings: 1_000,
} as const;
