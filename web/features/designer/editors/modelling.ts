/** What is done to a model without a pointer, by the services of the modeler itself, so that each is one step to take back. */
import { useCallback, useEffect, useState } from 'react';
import { type DrawnShape, shapeOf, stepsOf } from '../../../parts/diagram/drawn.js';
import type { Step } from '../../../parts/diagram/walk.js';

type Act = (...given: readonly unknown[]) => unknown;

/** The modeler. */
export interface Modelling {
  readonly get: (name: string) => Readonly<Record<string, Act | undefined>>;
  readonly on: (name: string, hear: () => void) => void;
  readonly off: (name: string, hear: () => void) => void;
}

/** What is appended, in the order in which it is offered. */
export const APPENDED = [
  ...['bpmn:UserTask', 'bpmn:ServiceTask', 'bpmn:BusinessRuleTask', 'bpmn:ScriptTask'],
  ...['bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:IntermediateCatchEvent'],
  ...['bpmn:IntermediateThrowEvent', 'bpmn:CallActivity', 'bpmn:EndEvent'],
] as const;

const CHANGES = ['elements.changed', 'selection.changed', 'import.done', 'commandStack.changed'];

/** Steps of the model and which is selected, as it is changed. */
export function useSteps(modeler: Modelling): {
  readonly steps: readonly Step[];
  readonly selected: string | null;
} {
  const read = useCallback(() => {
    const [first] = (modeler.get('selection').get?.() ?? []) as readonly { readonly id: string }[];
    const steps = stepsOf(modeler);
    const isStep = steps.some(({ elementId }) => elementId === first?.id);
    return { steps, selected: isStep ? (first?.id ?? null) : null };
  }, [modeler]);
  const [state, setState] = useState(read);
  useEffect(() => {
    const hear = (): void => setState(read());
    for (const name of CHANGES) modeler.on(name, hear);
    return () => {
      for (const name of CHANGES) modeler.off(name, hear);
    };
  }, [modeler, read]);
  return state;
}

/** Selects an element, which shows its properties. */
export function selectStep(modeler: Modelling, id: string): void {
  const shape = shapeOf(modeler, id);
  if (shape) modeler.get('selection').select?.(shape);
}

/** Whether something may follow an element: nothing does after an end. */
export function mayAppend(modeler: Modelling, id: string): boolean {
  const shape = shapeOf(modeler, id);
  return shape !== undefined && !/EndEvent$/.test(shape.businessObject.$type);
}

/** Appends an element with a flow to it, where there is room. @returns its id; null: nothing may follow */
export function appendTo(modeler: Modelling, id: string, type: string): string | null {
  const source = shapeOf(modeler, id);
  if (!source || !mayAppend(modeler, id)) return null;
  const shape = modeler.get('elementFactory').createShape?.({ type });
  const made = modeler.get('autoPlace').append?.(source, shape) as DrawnShape | undefined;
  // The modeler lets its name be typed upon the canvas at once.
  modeler.get('directEditing').cancel?.();
  return made?.id ?? null;
}

export const nameOf = (modeler: Modelling, id: string): string =>
  shapeOf(modeler, id)?.businessObject.name ?? '';

export function renameStep(modeler: Modelling, id: string, name: string): void {
  const shape = shapeOf(modeler, id);
  if (!shape || nameOf(modeler, id) === name) return;
  modeler.get('modeling').updateLabel?.(shape, name);
}

export function removeStep(modeler: Modelling, id: string): void {
  const shape = shapeOf(modeler, id);
  if (shape) modeler.get('modeling').removeElements?.([shape]);
}
