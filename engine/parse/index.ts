/** The door of `engine/parse`: BPMN 2.0 XML in, the parsed tree and what is wrong with it out. */
import type { Finding } from '../errors/index.js';
import type { ParsedDefinitions } from '../model/parsed.js';
import { checkCollaborations } from './collaboration.js';
import type { ParseContext } from './context.js';
import { readDefinitions } from './definitions.js';
import { type Inventory, Lines, takeInventory } from './inventory.js';
import { type ModdleDocument, moddle } from './moddle.js';
import { textOf } from './properties.js';
import { checkReferences, type Dangling } from './references.js';
import { createReport, type Report } from './report.js';
import { readSource } from './source.js';
import { reportWarnings } from './warnings.js';

/** What a file says; `definitions` is null when it cannot be read at all. */
export interface ParseResult {
  readonly definitions: ParsedDefinitions | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads a BPMN file.
 *
 * @param xml - BPMN 2.0 XML with extensions of `zeebe:`, as text or as bytes in UTF-8
 * @param file - how the findings name it
 * @returns the tree with every reference resolved to an id, and all findings at once, by line
 * Errors: it never throws on bad input; findings are BPMN_XML_INVALID, BPMN_ENCODING_UNSUPPORTED,
 * BPMN_DTD_FORBIDDEN, BPMN_LIMIT_*, BPMN_CAMUNDA_* (all without a tree), BPMN_ID_*, BPMN_REF_*,
 * BPMN_ELEMENT_UNKNOWN, BPMN_EXTENSION_*, BPMN_EXPRESSION_*, BPMN_NOT_EXECUTED and structural faults. Class: pure.
 * Source: BPMN 2.0.2 clause 15; XML 1.0.
 */
export async function parseBpmn(
  xml: string | Uint8Array,
  file: string | null,
): Promise<ParseResult> {
  const ids = new Map<string, number>();
  const report = createReport(file, (id) => ids.get(id) ?? null);
  const text = readSource(xml, report);
  if (text === null) return { definitions: null, findings: report.all() };
  const inventory = takeInventory(text, new Lines(text), ids, report);
  const document = inventory.isReadable ? await readXml(text, inventory, report) : null;
  if (document === null) return { definitions: null, findings: report.all() };
  reportWarnings(document, inventory, report);
  const dangling = checkReferences(document, inventory, ids, report);
  const context = createContext(document, inventory, dangling, ids, report);
  checkCollaborations(document.rootElement, context);
  const definitions = readDefinitions(document.rootElement, context);
  return { definitions, findings: report.all() };
}

/** Reads the text without its diagram; a text that moddle gives up is a finding. */
async function readXml(
  text: string,
  inventory: Inventory,
  report: Report,
): Promise<ModdleDocument | null> {
  try {
    return await moddle.fromXML(patched(text, inventory));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const detail = message.split('nested error: ').at(-1) ?? message;
    const line = Number(/line: (\d+)/.exec(message)?.[1] ?? 0) + 1;
    report.add('BPMN_XML_INVALID', null, { detail, line }, line);
    return null;
  }
}

function patched(text: string, { patches }: Inventory): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text: instead } of patches) {
    parts.push(text.slice(at, from), instead);
    at = to;
  }
  return parts.join('') + text.slice(at);
}

function createContext(
  { rootElement }: ModdleDocument,
  { scope, rootLine }: Inventory,
  dangling: Dangling,
  ids: ReadonlyMap<string, number>,
  report: Report,
): ParseContext {
  const target = textOf(rootElement, 'targetNamespace');
  return {
    report,
    rootLine,
    lineOf: (id) => ids.get(id ?? '') ?? null,
    danglingRef: (element, property) => dangling.get(element)?.get(`bpmn:${property}`) ?? null,
    expressionLanguage: textOf(rootElement, 'expressionLanguage'),
    localName(name) {
      const colon = name.indexOf(':');
      return colon !== -1 && scope.get(name.slice(0, colon)) === target
        ? name.slice(colon + 1)
        : name;
    },
  };
}
