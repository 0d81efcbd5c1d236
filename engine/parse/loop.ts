/** Reads the loop characteristics of an activity, of the standard or of `zeebe:`. */
import type { ParsedLoop } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import { readExpression } from './expression.js';
import { extensionOf } from './extensions.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, flagOf, idOf, isA, textOf } from './properties.js';

/**
 * Reads the loop characteristics of an activity. A value of `zeebe:loopCharacteristics` stands before the one of
 * the standard, whose data items are read by their names.
 *
 * Findings: those of expressions. Source: BPMN 2.0.2 §10.3.8.
 */
export function readLoop(activity: ModdleElement, context: ParseContext): ParsedLoop | null {
  const loop = isA(activity, 'Activity') ? elementOf(activity, 'loopCharacteristics') : null;
  if (loop === null) return null;
  if (!isA(loop, 'MultiInstanceLoopCharacteristics')) return { kind: 'standard' };
  const id = idOf(activity) ?? '';
  const extension = extensionOf(loop, 'LoopCharacteristics', context);
  const said = (name: string): string | null => extension && textOf(extension, name);
  return {
    kind: 'multiInstance',
    isSequential: flagOf(loop, 'isSequential'),
    behavior: textOf(loop, 'behavior') ?? 'All',
    inputCollection: said('inputCollection') ?? nameOf(loop, 'loopDataInputRef'),
    inputElement: said('inputElement') ?? nameOf(loop, 'inputDataItem'),
    outputCollection: said('outputCollection') ?? nameOf(loop, 'loopDataOutputRef'),
    outputElement: said('outputElement') ?? nameOf(loop, 'outputDataItem'),
    cardinality: readExpression(loop, 'loopCardinality', id, context) || null,
    completionCondition: readExpression(loop, 'completionCondition', id, context) || null,
  };
}

/** Data of the standard is a variable of the same name; an item without one goes by its id. */
function nameOf(loop: ModdleElement, property: string): string | null {
  const item = elementOf(loop, property);
  return item && (textOf(item, 'name') ?? idOf(item));
}
