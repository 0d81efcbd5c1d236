import { type ErrorCode, type Facts, type Finding, finding } from '../errors/index.js';
import { LIMITS } from './limits.js';

/** Collects the findings of one file. */
export interface Report {
  /** Adds a finding at an element; its line is that of the id, unless another is given. */
  add<C extends ErrorCode>(
    code: C,
    elementId: string | null,
    facts: Facts<C>,
    line?: number | null,
  ): void;
  /** Whether something was added at a line. */
  hasAt(line: number): boolean;
  /** Everything added, in the order of the lines; each finding once, and a bounded number of them. */
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
  const lines = new Set<number | null>();
  const limit = LIMITS.findings;
  let isOverflowing = false;
  return {
    add(code, elementId, facts, line) {
      const at = line ?? (elementId === null ? null : lineOf(elementId));
      const entry = { ...finding(code, elementId, facts), file, line: at };
      const key = `${code}\n${elementId}\n${entry.message}`;
      lines.add(at);
      isOverflowing ||= found.size === limit && !found.has(key);
      if (!found.has(key) && !isOverflowing) found.set(key, entry);
    },
    hasAt: (line) => lines.has(line),
    all() {
      const sorted = [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
      if (!isOverflowing) return sorted;
      return [...sorted, { ...finding('BPMN_LIMIT_FINDINGS', null, { limit }), file }];
    },
  };
}
