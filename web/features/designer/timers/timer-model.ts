/** The timer of an element in the modeler: read, and changed as one step that is taken back as any other. */
import type { Modelling } from '../editors/modelling.js';
import type { WrittenTimer } from './timer-form.js';

/** An object of the model. */
export interface Moddle {
  readonly $type: string;
  readonly $parent?: Moddle;
  readonly id?: string;
  readonly get: (name: string) => unknown;
  readonly $instanceOf: (type: string) => boolean;
}

interface Shape {
  readonly id: string;
  readonly businessObject: Moddle;
}

/** Kinds of timers, as the model writes them, in the order in which they are looked for. */
const PROPERTIES = ['timeDate', 'timeDuration', 'timeCycle'] as const;

/** A timer, and where it stands. */
export interface ModelTimer {
  /** Null: nothing is set. */
  readonly written: WrittenTimer | null;
  /** IANA zone of its process. */
  readonly zone: string;
  /** Whether it may be repeated, and whether it may wait for a length of time. */
  readonly mayRepeat: boolean;
  readonly mayLast: boolean;
}

const shapeOf = (modeler: Modelling, elementId: string): Shape | undefined =>
  modeler.get('elementRegistry').get?.(elementId) as Shape | undefined;

/** Reads it; null: the element has none any more. */
export function timerOf(modeler: Modelling, elementId: string): ModelTimer | null {
  const event = shapeOf(modeler, elementId)?.businessObject;
  const definition = event && definitionOf(event);
  if (!event || !definition) return null;
  const property = PROPERTIES.find((name) => definition.get(name) !== undefined);
  const body = property && (definition.get(property) as Moddle).get('body');
  const isStart = event.$instanceOf('bpmn:StartEvent');
  const isHandler = event.$parent?.get('triggeredByEvent') === true;
  const isBoundary = event.$instanceOf('bpmn:BoundaryEvent');
  const interrupts = event.get(isBoundary ? 'cancelActivity' : 'isInterrupting') !== false;
  return {
    written: property === undefined ? null : { property, text: String(body ?? '') },
    zone: zoneOf(event),
    mayRepeat: isStart ? !isHandler || !interrupts : isBoundary && !interrupts,
    mayLast: !isStart || isHandler,
  };
}

function definitionOf(event: Moddle): Moddle | undefined {
  const all = (event.get('eventDefinitions') ?? []) as readonly Moddle[];
  return all.find((one) => one.$instanceOf('bpmn:TimerEventDefinition'));
}

/** IANA zone of the process that an element is of, as the compiler reads it: property `jornada:zone`. */
export function zoneOf(event: Moddle): string {
  let one: Moddle | undefined = event;
  while (one && !one.$instanceOf('bpmn:Process')) one = one.$parent;
  const extensions = one?.get('extensionElements') as Moddle | undefined;
  const values = (extensions?.get('values') ?? []) as readonly Moddle[];
  const holder = values.find(({ $type }) => $type === 'zeebe:Properties');
  const properties = (holder?.get('properties') ?? []) as readonly Moddle[];
  const found = properties.find((property) => property.get('name') === 'jornada:zone');
  return String(found?.get('value') ?? 'UTC');
}

/** Writes it, in one step. */
export function changeTimer(
  modeler: Modelling,
  elementId: string,
  { property, text }: WrittenTimer,
): void {
  const shape = shapeOf(modeler, elementId);
  const definition = shape && definitionOf(shape.businessObject);
  if (!definition) return;
  const expression = modeler.get('bpmnFactory').create?.('bpmn:FormalExpression', { body: text });
  (expression as { $parent?: Moddle }).$parent = definition;
  const none = Object.fromEntries(PROPERTIES.map((name) => [name, undefined]));
  const properties = { ...none, [property]: expression };
  modeler.get('modeling').updateModdleProperties?.(shape, definition, properties);
}
