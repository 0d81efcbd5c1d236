/** Reads the vocabulary `zeebe:` of an element. */
import type { ParsedAssignment, ParsedExtensions, ParsedMapping } from '../model/parsed.js';
import type { ParseContext } from './context.js';
import type { ModdleElement } from './moddle.js';
import { elementOf, elementsOf, flagOf, idOf, isA, textOf } from './properties.js';
import { isReserved } from './tag-rules.js';

/** Finds the extension of a name on an element, e.g. `IoMapping`; several of one name are reported. */
export function extensionOf(
  element: ModdleElement,
  name: string,
  context: ParseContext,
): ModdleElement | null {
  const [first = null, ...more] = extensionsOf(element, name);
  if (more.length > 0) complainOfTwo(element, `zeebe:${lowerFirst(name)}`, context);
  return first;
}

/** Most nodes have no extension at all. */
const NONE: ParsedExtensions = {
  taskDefinition: null,
  inputs: [],
  outputs: [],
  headers: {},
  properties: {},
  isUserTask: false,
  form: null,
  assignment: null,
  schedule: null,
  priority: null,
  script: null,
  calledDecision: null,
  calledElement: null,
  publishMessage: null,
  correlationKey: null,
};

/** Reads all extensions of a node. Findings: BPMN_XML_INVALID, BPMN_ID_RESERVED, BPMN_USER_TASK_CONFIG. */
export function readExtensions(element: ModdleElement, context: ParseContext): ParsedExtensions {
  const isPlain = elementOf(element, 'extensionElements') === null;
  if (isPlain && !isA(element, 'ThrowEvent')) return NONE;
  const find = (name: string): ModdleElement | null => extensionOf(element, name, context);
  const mapping = find('IoMapping');
  return {
    taskDefinition: readTaskDefinition(find('TaskDefinition'), element, context),
    inputs: readMappings(mapping, 'inputParameters', element, context),
    outputs: readMappings(mapping, 'outputParameters', element, context),
    headers: readHeaders(find('TaskHeaders'), element, context),
    properties: readProperties(element, context),
    isUserTask: find('UserTask') !== null,
    form: readForm(find('FormDefinition')),
    assignment: readAssignment(find('AssignmentDefinition')),
    schedule: texts(find('TaskSchedule'), ['dueDate', 'followUpDate']),
    priority: textIn(find('PriorityDefinition'), 'priority'),
    script: readScript(find('Script'), element, context),
    calledDecision: readCalledDecision(find('CalledDecision'), element, context),
    calledElement: readCalledElement(find('CalledElement')),
    publishMessage: texts(find('PublishMessage') ?? publishOfEvent(element, context), [
      'correlationKey',
      'messageId',
      'timeToLive',
    ]),
    correlationKey: textIn(find('Subscription'), 'correlationKey'),
  };
}

/** Reads `zeebe:properties` by name. */
export function readProperties(
  element: ModdleElement,
  context: ParseContext,
): Readonly<Record<string, string>> {
  const list = extensionOf(element, 'Properties', context);
  return pairs(list === null ? [] : elementsOf(list, 'properties'), 'name', element, context);
}

/** Reads `zeebe:assignmentDefinition`. */
export function readAssignment(found: ModdleElement | null): ParsedAssignment | null {
  return texts(found, ['assignee', 'candidateGroups', 'candidateUsers']);
}

function extensionsOf(element: ModdleElement, name: string): readonly ModdleElement[] {
  const holder = elementOf(element, 'extensionElements');
  return holder === null
    ? []
    : elementsOf(holder, 'values').filter(({ $type }) => $type === `zeebe:${name}`);
}

/** Modelers put `zeebe:publishMessage` of a throw event into its message definition. */
function publishOfEvent(element: ModdleElement, context: ParseContext): ModdleElement | null {
  if (!isA(element, 'ThrowEvent')) return null;
  const [definition] = elementsOf(element, 'eventDefinitions').filter((one) =>
    isA(one, 'MessageEventDefinition'),
  );
  return definition ? extensionOf(definition, 'PublishMessage', context) : null;
}

function readTaskDefinition(
  found: ModdleElement | null,
  owner: ModdleElement,
  context: ParseContext,
): ParsedExtensions['taskDefinition'] {
  const type = required(found, 'type', owner, context);
  return found && type !== null ? { type, retries: textOf(found, 'retries') } : null;
}

function readMappings(
  found: ModdleElement | null,
  name: string,
  owner: ModdleElement,
  context: ParseContext,
): readonly ParsedMapping[] {
  const list = found === null ? [] : elementsOf(found, name);
  return list.flatMap((item) => {
    const source = required(item, 'source', owner, context);
    const target = required(item, 'target', owner, context);
    return source === null || target === null ? [] : [{ source, target }];
  });
}

function readHeaders(
  found: ModdleElement | null,
  owner: ModdleElement,
  context: ParseContext,
): Readonly<Record<string, string>> {
  return pairs(found === null ? [] : elementsOf(found, 'values'), 'key', owner, context);
}

function pairs(
  items: readonly ModdleElement[],
  keyName: string,
  owner: ModdleElement,
  context: ParseContext,
): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const item of items) {
    const key = required(item, keyName, owner, context);
    if (key === null) continue;
    if (isReserved(key)) context.report.add('BPMN_ID_RESERVED', idOf(owner), { id: key });
    else if (found.has(key)) complain(owner, `${keyName} '${key}' occurs more than once`, context);
    else found.set(key, textOf(item, 'value') ?? '');
  }
  return Object.fromEntries(found);
}

function readForm(found: ModdleElement | null): ParsedExtensions['form'] {
  return texts(found, ['formId', 'formKey', 'externalReference', 'bindingType', 'versionTag']);
}

function readScript(
  found: ModdleElement | null,
  owner: ModdleElement,
  context: ParseContext,
): ParsedExtensions['script'] {
  const expression = required(found, 'expression', owner, context);
  const resultVariable = required(found, 'resultVariable', owner, context);
  return expression === null || resultVariable === null ? null : { expression, resultVariable };
}

function readCalledDecision(
  found: ModdleElement | null,
  owner: ModdleElement,
  context: ParseContext,
): ParsedExtensions['calledDecision'] {
  const decisionId = required(found, 'decisionId', owner, context);
  const resultVariable = required(found, 'resultVariable', owner, context);
  const binding = texts(found, ['bindingType', 'versionTag']);
  if (decisionId === null || resultVariable === null || binding === null) return null;
  return { decisionId, resultVariable, ...binding };
}

/** Both ways of propagation are on unless the file turns them off. */
function readCalledElement(found: ModdleElement | null): ParsedExtensions['calledElement'] {
  if (found === null) return null;
  const expression = textOf(found, 'processIdExpression');
  const formula = expression === null ? null : `=${expression.replace(/^\s*=/, '')}`;
  return {
    processId: textOf(found, 'processId') ?? formula,
    propagateAllChildVariables:
      found.get('propagateAllChildVariables') === undefined ||
      flagOf(found, 'propagateAllChildVariables'),
    propagateAllParentVariables: flagOf(found, 'propagateAllParentVariables'),
    bindingType: textOf(found, 'bindingType'),
    versionTag: textOf(found, 'versionTag'),
  };
}

function texts<K extends string>(
  found: ModdleElement | null,
  names: readonly K[],
): Readonly<Record<K, string | null>> | null {
  if (found === null) return null;
  return Object.fromEntries(names.map((name) => [name, textOf(found, name)])) as Record<
    K,
    string | null
  >;
}

function textIn(found: ModdleElement | null, name: string): string | null {
  return found === null ? null : textOf(found, name);
}

/** A text that the extension cannot do without; its absence is reported. */
function required(
  found: ModdleElement | null,
  name: string,
  owner: ModdleElement,
  context: ParseContext,
): string | null {
  if (found === null) return null;
  const text = textOf(found, name);
  if (text === null) {
    const tag = `zeebe:${lowerFirst(found.$type.slice(6))}`;
    complain(owner, `${tag} lacks ${name}`, context);
  }
  return text;
}

/** Of a form or a priority a user task has one, which is a rule of its own. */
const ONE_OF_A_USER_TASK = ['zeebe:formDefinition', 'zeebe:priorityDefinition'];

function complainOfTwo(owner: ModdleElement, tag: string, context: ParseContext): void {
  const id = idOf(owner);
  const detail = `${tag} occurs more than once`;
  if (id !== null && ONE_OF_A_USER_TASK.includes(tag)) {
    context.report.add('BPMN_USER_TASK_CONFIG', id, { id, detail });
  } else complain(owner, detail, context);
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function complain(owner: ModdleElement, fact: string, context: ParseContext): void {
  const id = idOf(owner);
  const line = context.lineOf(id);
  const detail = `${fact} in ${id ?? owner.$type}`;
  context.report.add('BPMN_XML_INVALID', id, { detail, line: line ?? '?' });
}
