/**
 * Elements of a version as its file has them, so that a target can be chosen where nothing is drawn too. Class: pure.
 */
import { kindOfType } from '../../../parts/diagram/kinds.js';

/** An element of a version. */
export interface VersionElement {
  readonly elementId: string;
  readonly name: string | null;
  readonly kind: string;
  /** What has to be the same where a token goes on: kind, kind of event, and how it is repeated. */
  readonly likeness: string;
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const EVENT = /^(\w+)EventDefinition$/;
const NODE = /(?:[tT]ask|Event|Gateway|Activity|[sS]ubProcess|transaction)$/;

/** Elements in the order of the file, those in sub-processes behind them. Nothing for what is no XML. */
export function elementsIn(xml: string): readonly VersionElement[] {
  const all = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(BPMN, '*');
  return [...all].filter(isFlowNode).map(elementOf);
}

const isFlowNode = (node: Element): boolean =>
  NODE.test(node.localName) && node.getAttribute('id') !== null;

function elementOf(node: Element): VersionElement {
  const isHandler = node.getAttribute('triggeredByEvent') === 'true';
  const kind = isHandler ? 'eventSubProcess' : kindOfType(node.localName);
  const parts = [...node.children].filter(({ namespaceURI }) => namespaceURI === BPMN);
  const event = parts.map(({ localName }) => EVENT.exec(localName)?.[1]).find(Boolean);
  const loop = parts.find(({ localName }) => localName === 'multiInstanceLoopCharacteristics');
  const isSequential = loop?.getAttribute('isSequential') === 'true';
  const repeated = loop === undefined ? null : isSequential ? 'one by one' : 'at once';
  return {
    elementId: node.getAttribute('id') ?? '',
    name: node.getAttribute('name')?.trim() || null,
    kind,
    likeness: [kind, event, repeated].filter(Boolean).join(' '),
  };
}
