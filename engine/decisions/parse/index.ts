/** From DMN XML to plans. The only place that runs dmn-moddle. */
import { DmnModdle } from 'dmn-moddle';
import type { Finding } from '../../errors/index.js';
import type { DecisionLogic, DecisionPlan } from '../../model/index.js';
import { createReport, type Report } from '../../parse/report.js';
import { readSource } from '../../parse/source.js';
import { compileBoxed } from './boxed.js';
import { createFeelReader } from './feel.js';
import { type Inventory, takeInventory } from './inventory.js';
import { DMN_LIMITS } from './limits.js';
import type { DmnDecision, DmnDefinitions } from './model.js';
import { checkCycles, requiredDecisions } from './requirements.js';
import { compileTable, type Reading } from './table.js';

const moddle = new DmnModdle();

/** What a file holds: its decisions in document order, and everything that is wrong with it. */
export interface ParsedDmn {
  /** Id and name of the file as a whole; null: it has none, or cannot be read. */
  readonly id: string | null;
  readonly name: string | null;
  readonly decisions: readonly DecisionPlan[];
  readonly findings: readonly Finding[];
}

/**
 * Reads and compiles a DMN file (1.1 to 1.5): decision tables, literal expressions, boxed contexts, lists
 * and relations, required decisions, input data. Plans are fit to run only when no finding is an error.
 *
 * @param xml - the file as text or as bytes in UTF-8
 * @param file - what the findings name as their file
 * Findings: `DMN_…`; `BPMN_LIMIT_SIZE`, `BPMN_ENCODING_UNSUPPORTED` and `BPMN_DTD_FORBIDDEN` as for any
 * XML. Never rejects for what the file holds. Class: pure.
 */
export async function parseDmn(xml: string | Uint8Array, file: string | null): Promise<ParsedDmn> {
  const lines = new Map<string, number>();
  const report = createReport(file, (id) => lines.get(id) ?? null);
  const text = readSource(xml, report);
  const inventory = text === null ? null : takeInventory(text, lines, report);
  const definitions = inventory?.text ? await readModel(inventory.text, report) : null;
  const decisions = definitions && inventory ? compileFile(definitions, inventory, report) : [];
  const named = { id: definitions?.id ?? null, name: definitions?.name?.trim() || null };
  return { ...named, decisions, findings: report.all() };
}

/** A file as it is written, for whoever compares it; null: it cannot be read. Class: pure. */
export async function readDmn(xml: string): Promise<DmnDefinitions | null> {
  const report = createReport(null, () => null);
  const text = readSource(xml, report);
  const inventory = text === null ? null : takeInventory(text, new Map(), report);
  return inventory?.text ? readModel(inventory.text, report) : null;
}

async function readModel(text: string, report: Report): Promise<DmnDefinitions | null> {
  try {
    const { rootElement, warnings } = await moddle.fromXML(text);
    for (const { message, element } of warnings) meetWarning(message, element?.id ?? null, report);
    return rootElement as DmnDefinitions;
  } catch (error) {
    const detail = firstLine(error instanceof Error ? error.message : String(error));
    report.add('DMN_XML_INVALID', null, { detail });
    return null;
  }
}

/** A warning of moddle means that it left something out; doubled ids are reported already. */
function meetWarning(message: string, elementId: string | null, report: Report): void {
  const attribute = /^unknown attribute <([^>]*)>/.exec(message)?.[1];
  if (attribute !== undefined) report.add('DMN_ATTRIBUTE_UNKNOWN', elementId, { name: attribute });
  else if (!/duplicate ID|illegal ID/i.test(message)) {
    report.add('DMN_XML_INVALID', elementId, { detail: firstLine(message) });
  }
}

const firstLine = (message: string): string => message.split('\n', 1)[0]?.slice(0, 200) ?? '';

function compileFile(
  { drgElement = [], itemDefinition = [], expressionLanguage }: DmnDefinitions,
  { refusedIn }: Inventory,
  report: Report,
): readonly DecisionPlan[] {
  const feel = createFeelReader(report, expressionLanguage ?? null);
  const reading: Reading = { report, feel, types: itemDefinition };
  const elements = new Map(drgElement.map((element) => [element.id ?? '', element]));
  for (const element of drgElement) checkIdentity(element, report);
  const decisions = drgElement.filter(({ $type }) => $type === 'dmn:Decision');
  if (decisions.length === 0) report.add('DMN_NO_DECISION', null, {});
  const limit = DMN_LIMITS.decisions;
  if (decisions.length > limit) {
    report.add('DMN_LIMIT', null, { limit, what: 'decisions', place: 'the file' });
    return [];
  }
  const plans = decisions.map((decision): DecisionPlan => {
    const id = decision.id ?? '';
    const name = decision.name?.trim() || null;
    return {
      id,
      name,
      variable: decision.variable?.name?.trim() || name || id,
      requires: requiredDecisions(decision, id, elements, report),
      logic: compileLogic(decision, id, refusedIn.has(id), reading),
    };
  });
  checkCycles(plans, report);
  return plans;
}

function checkIdentity({ id, name, $type }: DmnDecision, report: Report): void {
  const kind = $type === 'dmn:Decision' ? 'decision' : 'input data';
  if (!id) report.add('DMN_ID_INVALID', null, { place: kind, value: 'none' });
  if (!name?.trim()) report.add('DMN_NAME_MISSING', id ?? null, { place: `${kind} '${id ?? ''}'` });
}

function compileLogic(
  { decisionLogic }: DmnDecision,
  id: string,
  isRefused: boolean,
  reading: Reading,
): DecisionLogic {
  if (decisionLogic?.$type === 'dmn:DecisionTable') return compileTable(decisionLogic, id, reading);
  if (decisionLogic) return compileBoxed(decisionLogic, id, reading);
  if (!isRefused) reading.report.add('DMN_NO_LOGIC', id, { decision: id });
  return { kind: 'literal', feel: 'null' };
}
