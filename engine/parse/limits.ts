/** Sizes beyond which a file is refused. Source: measured; a model of 1,000 tasks uses a tenth of each. */
export const LIMITS = {
  bytes: 5 * 1024 * 1024,
  /** Elements that carry an id; the diagram is not counted. */
  elements: 20_000,
  /** Tags of any kind, the diagram included. */
  tags: 200_000,
  depth: 64,
  attributeCharacters: 64 * 1024,
  flowsAtNode: 500,
} as const;
