/** Sizes beyond which a file is refused; that of the file is 5 MiB. Source: docs/design.md D17. */
export const DMN_LIMITS = {
  /** Tags of any kind, the diagram included. */
  tags: 200_000,
  depth: 64,
  decisions: 500,
  inputs: 64,
  outputs: 64,
  /** Rules of one table. */
  rules: 5_000,
  /** Characters of one expression: the engine puts it into larger ones. */
  expressionCharacters: 2_000,
} as const;
