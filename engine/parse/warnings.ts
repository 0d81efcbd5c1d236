/** Turns what moddle left out into findings: nothing that it warns of may pass in silence. */
import type { Inventory } from './inventory.js';
import type { ModdleDocument, ModdleWarning } from './moddle.js';
import { idOf, isA, tagOf } from './properties.js';
import { isUnresolved, ownerOf } from './references.js';
import type { Report } from './report.js';

/** What a modeler notes for itself: kept, and without effect. */
const LAYOUT = /^(?:zeebe:modeler(?:Template|Configuration)\w*|(?:bioc|color):.*)$/;

const PLACE = /\n\tline: (\d+)\n\tcolumn: (\d+)\n\tnested error: ([^\n]*)/;

/** Faults that the inventory tells always, with more facts. */
const TOLD = /^(?:duplicate ID|illegal ID|unexpected body text)/;

/** Faults that it tells for tags, but not for the types that `xsi:type` names. */
const TOLD_OF_TAGS = /^(?:unrecognized element|unknown type)/;

/** How moddle names a type without a prefix in a file without a default namespace. */
const WITHOUT_PREFIX = /<undefined:/g;

/**
 * Reports the warnings of moddle, but for unresolved references.
 *
 * Findings: BPMN_ELEMENT_UNKNOWN, BPMN_DEFAULT_SOURCE_TYPE, BPMN_SUBPROCESS_KIND, BPMN_EXTENSION_UNSUPPORTED,
 * BPMN_XML_INVALID.
 */
export function reportWarnings(
  { warnings }: ModdleDocument,
  inventory: Inventory,
  report: Report,
): void {
  for (const warning of warnings) {
    if (isUnresolved(warning)) continue;
    if (warning.element) reportAttribute(warning, report);
    else reportPlace(warning, inventory, report);
  }
}

/** Attributes that a flow node of another kind has, with what is said of them elsewhere. */
const MISPLACED = new Map([
  ['default', 'BPMN_DEFAULT_SOURCE_TYPE'],
  ['triggeredByEvent', 'BPMN_SUBPROCESS_KIND'],
] as const);

function reportAttribute({ element, property = '' }: ModdleWarning, report: Report): void {
  if (!element || LAYOUT.test(property)) return;
  const owner = ownerOf(element);
  const misplaced = MISPLACED.get(property as 'default');
  if (misplaced !== undefined && isA(element, 'FlowNode') && owner !== null) {
    report.add(misplaced, owner, { id: owner, type: `a ${tagOf(element)}` });
    return;
  }
  const isZeebe = property.startsWith('zeebe:') || element.$type.startsWith('zeebe:');
  if (isZeebe) {
    report.add('BPMN_EXTENSION_UNSUPPORTED', owner, { name: property, id: owner ?? 'definitions' });
  } else {
    report.add('BPMN_ELEMENT_UNKNOWN', owner ?? idOf(element), { name: `attribute ${property}` });
  }
}

function reportPlace({ message }: ModdleWarning, inventory: Inventory, report: Report): void {
  const [, line = '0', column = '0', detail = message] = PLACE.exec(message) ?? [];
  const at = Number(line) + 1;
  if (TOLD.test(detail) || (TOLD_OF_TAGS.test(detail) && report.hasAt(at))) return;
  const owner = inventory.ownerAt(Number(line), Number(column));
  report.add(
    'BPMN_XML_INVALID',
    owner,
    { detail: detail.replace(WITHOUT_PREFIX, '<'), line: at },
    at,
  );
}
