/**
 * Variables that an expression of an element may know: those that the package declares, and those that elements write which
 * come before it, with where they are written. Class: pure. Source: docs/semantics.md, "Variables".
 */

import type { Moddle } from '../timers/timer-model.js';

/** A variable, and names or ids of the elements that write it; none: it is declared only. */
export interface KnownVariable {
  readonly name: string;
  readonly writtenBy: readonly string[];
}

/** Fields of a form by its id. */
export type FieldsOf = (formId: string) => readonly string[];

/** Finds them, in the order of the alphabet. */
export function variablesAt(
  element: Moddle,
  { declared, fieldsOf }: { readonly declared: readonly string[]; readonly fieldsOf: FieldsOf },
): readonly KnownVariable[] {
  const writers = new Map<string, Set<string>>(declared.map((name) => [name, new Set()]));
  const note = (name: string, by: Moddle): void => {
    const [root = ''] = name.split('.');
    if (root === '') return;
    const all = writers.get(root) ?? new Set();
    writers.set(root, all.add(String(by.get('name') ?? by.id)));
  };
  for (const before of comesBefore(element)) {
    for (const name of writtenBy(before, fieldsOf)) note(name, before);
  }
  for (let around: Moddle | undefined = element; around; around = around.$parent) {
    for (const name of localOf(around)) note(name, around);
  }
  return [...writers]
    .map(([name, by]) => ({ name, writtenBy: [...by] }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Elements whose end an element may come after: along the flow backwards, and into what they hold. */
function comesBefore(element: Moddle): ReadonlySet<Moddle> {
  const found = new Set<Moddle>();
  const passed = new Set<Moddle>();
  const pass = (one: Moddle): void => {
    if (passed.has(one)) return;
    passed.add(one);
    for (const flow of listOf(one, 'incoming')) {
      const source = flow.get('sourceRef') as Moddle | undefined;
      if (!source) continue;
      found.add(source);
      for (const inner of innerOf(source)) found.add(inner);
      pass(source);
    }
    const host = one.get('attachedToRef') as Moddle | undefined;
    if (host) pass(host);
    if (one.$parent && one.$parent.$type !== 'bpmn:Process') pass(one.$parent);
  };
  pass(element);
  return found;
}

function innerOf(element: Moddle): readonly Moddle[] {
  const inner = listOf(element, 'flowElements');
  return inner.flatMap((one) => [one, ...innerOf(one)]);
}

function listOf(element: Moddle, name: string): readonly Moddle[] {
  const found = element.get(name);
  return Array.isArray(found) ? (found as readonly Moddle[]) : [];
}

function extension(element: Moddle, type: string): Moddle | undefined {
  const holder = element.get('extensionElements') as Moddle | undefined;
  return holder ? listOf(holder, 'values').find(({ $type }) => $type === type) : undefined;
}

const namesOf = (mappings: readonly Moddle[]): readonly string[] =>
  mappings.map((one) => String(one.get('target') ?? ''));

/** What an element leaves behind it: what its mappings say; without any, its result. */
function writtenBy(element: Moddle, fieldsOf: FieldsOf): readonly string[] {
  const mapping = extension(element, 'zeebe:IoMapping');
  const collected = collectionOf(element)?.get('outputCollection');
  const collection = typeof collected === 'string' ? [collected] : [];
  const outputs = mapping ? listOf(mapping, 'outputParameters') : [];
  if (outputs.length > 0) return [...namesOf(outputs), ...collection];
  const results = ['zeebe:CalledDecision', 'zeebe:Script'].flatMap((type) => {
    const name = extension(element, type)?.get('resultVariable');
    return typeof name === 'string' ? [name] : [];
  });
  const formId = extension(element, 'zeebe:FormDefinition')?.get('formId');
  return [...results, ...collection, ...(typeof formId === 'string' ? fieldsOf(formId) : [])];
}

function collectionOf(element: Moddle): Moddle | undefined {
  const loop = element.get('loopCharacteristics') as Moddle | undefined;
  return loop && extension(loop, 'zeebe:LoopCharacteristics');
}

/** What is known inside an element alone: inputs, and the item of a repetition. */
function localOf(element: Moddle): readonly string[] {
  const mapping = extension(element, 'zeebe:IoMapping');
  const item = collectionOf(element)?.get('inputElement');
  const inputs = mapping ? namesOf(listOf(mapping, 'inputParameters')) : [];
  return typeof item === 'string' ? [...inputs, item, 'loopCounter'] : inputs;
}
