import { type ErrorCode, type Facts, type Finding, finding } from '../errors/index.js';

/** Collects the findings of one file. */
export interface Report {
  /** Adds a finding at an element; its line is that of the id, unless another is given. */
  add<C extends ErrorCode>(
    code: C,
    elementId: string | null,
    facts: Facts<C>,
    line?: number | null,
  ): void;
  /** Everything added, in the order of the lines; each finding once. */
  all(): readonly Finding[];
}

/**
 * Makes a report.
 *
 * @param file - what the findings name as their file
 * @param lineOf - the line of an id, from 1
 * Class: pure.
 */
export function createReport(file: string | null, lineOf: (id: string) => number | null): Report {
  const found = new Map<string, Finding>();
  return {
    add(code, elementId, facts, line) {
      const at = line ?? (elementId === null ? null : lineOf(elementId));
      const entry = { ...finding(code, elementId, facts), file, line: at };
      const key = `${code}\n${elementId}\n${entry.message}`;
      if (!found.has(key)) found.set(key, entry);
    },
    all: () => [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}
