import type { ParseContext } from './context.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, isA, textOf } from './properties.js';

const FEEL = /^(?:feel|https?:\/\/www\.omg\.org\/spec\/(?:DMN|FEEL)\/\S*)$/i;

/** The schema's default, which modelers write into the definitions without meaning it. */
const XPATH = 'http://www.w3.org/1999/XPath';

/**
 * Reads an expression that an element holds.
 *
 * @param id - of the element that findings name
 * @returns the text, trimmed; '' when it is there but empty; null when there is none
 * Findings: BPMN_EXPRESSION_LANGUAGE, BPMN_EXPRESSION_INFORMAL, BPMN_EXPRESSION_TYPE. Source: BPMN 2.0.2 §8.4.6.
 */
export function readExpression(
  element: ModdleElement,
  property: string,
  id: string,
  context: ParseContext,
): string | null {
  const expression = elementOf(element, property);
  if (expression === null) return null;
  const text = (textOf(expression, 'body') ?? '').trim();
  if (text === '') context.report.add('BPMN_EXPRESSION_INFORMAL', id, { id });
  else if (!isA(expression, 'FormalExpression')) {
    context.report.add('BPMN_EXPRESSION_TYPE', id, { id });
  }
  const lang = textOf(expression, 'language') ?? inherited(context.expressionLanguage);
  if (lang !== null && !isFeel(lang))
    context.report.add('BPMN_EXPRESSION_LANGUAGE', id, { id, lang });
  return text;
}

/** Whether a language is FEEL, by name or by the namespace of a DMN version. Class: pure. */
function isFeel(language: string): boolean {
  return FEEL.test(language.trim());
}

function inherited(language: string | null): string | null {
  return language === XPATH ? null : language;
}
