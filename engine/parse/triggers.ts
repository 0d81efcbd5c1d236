/** Reads the event definitions of an event. */
import type { ParsedTimer, ParsedTrigger } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { readExpression } from './expression.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, flagOf, idOf, isA, refOf, tagOf, textOf } from './properties.js';
import { refAsWritten } from './references.js';

type Reader = (definition: ModdleElement, event: string, context: ParseContext) => ParsedTrigger;

const READERS: Readonly<Record<string, Reader>> = {
  messageEventDefinition: (definition, _event, context) => ({
    kind: 'message',
    ref: refAsWritten(definition, 'messageRef', context),
  }),
  signalEventDefinition: (definition, _event, context) => ({
    kind: 'signal',
    ref: refAsWritten(definition, 'signalRef', context),
  }),
  errorEventDefinition: (definition, _event, context) => ({
    kind: 'error',
    ref: refAsWritten(definition, 'errorRef', context),
  }),
  escalationEventDefinition: (definition, _event, context) => ({
    kind: 'escalation',
    ref: refAsWritten(definition, 'escalationRef', context),
  }),
  timerEventDefinition: (definition, event, context) => ({
    kind: 'timer',
    timers: readTimers(definition, event, context),
  }),
  linkEventDefinition: (definition) => ({ kind: 'link', name: textOf(definition, 'name') }),
  terminateEventDefinition: () => ({ kind: 'terminate' }),
  conditionalEventDefinition: (definition, event, context) => ({
    kind: 'conditional',
    condition: readExpression(definition, 'condition', event, context) || null,
  }),
  compensateEventDefinition: (definition) => ({
    kind: 'compensation',
    ref: refOf(definition, 'activityRef', 'Activity'),
    isWaiting: flagOf(definition, 'waitForCompletion'),
  }),
  cancelEventDefinition: () => ({ kind: 'cancel' }),
};

const TIMERS = [
  ['date', 'timeDate'],
  ['duration', 'timeDuration'],
  ['cycle', 'timeCycle'],
] as const;

/**
 * Reads the event definitions of an event, own ones before referenced ones.
 *
 * Findings: BPMN_EVENT_DEFINITION_REF and those of expressions. Source: BPMN 2.0.2 §8.4.5.
 */
export function readTriggers(
  event: ModdleElement,
  context: ParseContext,
): readonly ParsedTrigger[] {
  if (!isA(event, 'Event')) return [];
  const id = idOf(event) ?? '';
  const definitions = [
    ...elementsOf(event, 'eventDefinitions'),
    ...elementsOf(event, 'eventDefinitionRef').filter((ref) => isDefinition(ref, id, context)),
  ];
  return definitions.flatMap((definition) => {
    const read = READERS[tagOf(definition)];
    return read ? [read(definition, id, context)] : [];
  });
}

/** A definition can be referenced when it stands at the top of the file; elsewhere it is reported, and still read. */
function isDefinition(found: ModdleElement, event: string, context: ParseContext): boolean {
  const isTop = found.$parent !== undefined && isA(found.$parent, 'Definitions');
  const isEventDefinition = isA(found, 'EventDefinition');
  if (!isTop || !isEventDefinition) {
    context.report.add('BPMN_EVENT_DEFINITION_REF', event, { ref: idOf(found) ?? '' });
  }
  return isEventDefinition;
}

function readTimers(
  definition: ModdleElement,
  event: string,
  context: ParseContext,
): readonly ParsedTimer[] {
  return TIMERS.flatMap(([kind, property]) => {
    if (elementOf(definition, property) === null) return [];
    return [{ kind, text: readExpression(definition, property, event, context) ?? '' }];
  });
}
