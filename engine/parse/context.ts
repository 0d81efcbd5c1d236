import type { ModdleElement } from './moddle.js';
import type { Report } from './report.js';

/** What the readers of single elements share while one file is read. */
export interface ParseContext {
  readonly report: Report;
  /** The line of the root element, from 1. */
  readonly rootLine: number;
  /** The line of an id, from 1. */
  lineOf(id: string | null): number | null;
  /** What a reference names that does not exist, which was reported already; null when it is sound or absent. */
  danglingRef(element: ModdleElement, property: string): string | null;
  /** What expressions without a language of their own are written in. */
  readonly expressionLanguage: string | null;
  /** Takes the prefix of the target namespace off a qualified name. */
  localName(name: string): string;
}
