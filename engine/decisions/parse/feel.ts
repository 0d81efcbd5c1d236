/** Checks the FEEL texts of a file. Class: pure but for the report. */
import { checkExpression, type ExpressionKind } from '../../expressions/index.js';
import type { Report } from '../../parse/report.js';
import { isPlain } from '../literal-cell.js';
import { DMN_LIMITS } from './limits.js';
import type { DmnText } from './model.js';

/** FEEL, by its name or by the URI of any version. */
const FEEL = /^(?:.*\/)?feel(?:\/\d+)?\/?$/i;

/** Where a text stands: the id that a modeler opens at, and a phrase for people. */
export interface Place {
  readonly elementId: string;
  readonly phrase: string;
}

/** Reads the texts of a file and reports what is wrong with them. */
export interface FeelReader {
  /** A text that is not blank and not a mere `-`, else null. */
  optional(text: DmnText | undefined, place: Place, kind?: ExpressionKind): string | null;
  /** A text that must be there; `null` in FEEL when it is not. */
  required(text: DmnText | undefined, place: Place): string;
}

/**
 * Makes a reader for one file.
 *
 * @param language - that of the whole file; FEEL when null
 * Findings: `DMN_EXPRESSION_LANGUAGE`, `DMN_EXPRESSION_INVALID`, `DMN_EXPRESSION_MISSING`,
 * `DMN_LIMIT`.
 */
export function createFeelReader(report: Report, language: string | null): FeelReader {
  const optional: FeelReader['optional'] = (text, place, kind = 'expression') => {
    const source = text?.text?.trim() ?? '';
    if (source === '' || (kind === 'unaryTests' && source === '-')) return null;
    const used = text?.expressionLanguage ?? language ?? 'FEEL';
    if (FEEL.test(used.trim())) check(source, kind, place, report);
    else {
      const facts = { place: place.phrase, language: used };
      report.add('DMN_EXPRESSION_LANGUAGE', place.elementId, facts);
    }
    return source;
  };
  const required: FeelReader['required'] = (text, place) => {
    const source = optional(text, place);
    if (source === null) {
      report.add('DMN_EXPRESSION_MISSING', place.elementId, { place: place.phrase });
    }
    return source ?? 'null';
  };
  return { optional, required };
}

function check(source: string, kind: ExpressionKind, place: Place, report: Report): void {
  const limit = DMN_LIMITS.expressionCharacters;
  if (source.length > limit) {
    const facts = { limit, what: 'characters in an expression', place: place.phrase };
    report.add('DMN_LIMIT', place.elementId, facts);
    return;
  }
  if (isPlain(source, kind)) return;
  for (const { code, message, from } of checkExpression(source, kind)) {
    const detail = `${code}: ${message.replace(/; correct the expression\.$/, '')}`;
    const facts = { place: place.phrase, position: from + 1, detail };
    report.add('DMN_EXPRESSION_INVALID', place.elementId, facts);
  }
}
