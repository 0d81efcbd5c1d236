/** Writes small BPMN models for tests of the durable host: nodes by kind, flows as chains `a > b > c`. */

const NAMESPACES =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** One element of a model; `roots` are messages, signals and errors that it needs. */
export interface Part {
  readonly id: string;
  readonly tag: string;
  readonly attributes?: string;
  readonly body?: string;
  readonly extensions?: string;
  readonly roots?: readonly string[];
}

const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const extensionsOf = (text: string | undefined): string =>
  text ? `<bpmn:extensionElements>${text}</bpmn:extensionElements>` : '';

export const startEvent = (id: string, trigger = ''): Part => ({
  id,
  tag: 'startEvent',
  body: trigger,
});

export const endEvent = (id: string): Part => ({ id, tag: 'endEvent' });

/** A service task; headers are texts by name, retries count all attempts. */
export const serviceTask = (
  id: string,
  type: string,
  headers: Readonly<Record<string, string>> = {},
  retries = 1,
  loop = '',
): Part => {
  const rows = Object.entries(headers).map(
    ([key, value]) => `<zeebe:header key="${key}" value="${inXml(value)}" />`,
  );
  const list = rows.length > 0 ? `<zeebe:taskHeaders>${rows.join('')}</zeebe:taskHeaders>` : '';
  return {
    id,
    tag: 'serviceTask',
    body: loop,
    extensions: `<zeebe:taskDefinition type="${type}" retries="${retries}" />${list}`,
  };
};

export const userTask = (id: string): Part => ({
  id,
  tag: 'userTask',
  extensions: '<zeebe:userTask />',
});

/** A script; `expression` is FEEL without a leading `=`. */
export const scriptTask = (id: string, expression: string, variable: string): Part => ({
  id,
  tag: 'scriptTask',
  extensions: `<zeebe:script expression="=${inXml(expression)}" resultVariable="${variable}" />`,
});

export const sendTask = (id: string, name: string, key: string, timeToLive: string): Part => ({
  id,
  tag: 'sendTask',
  attributes: `messageRef="message-${name}"`,
  extensions: `<zeebe:publishMessage correlationKey="=${inXml(key)}" timeToLive="${timeToLive}" />`,
  roots: [messageRoot(name, key)],
});

/** A task done for each item of a collection, all at once. */
export const forEach = (
  collection: string,
  item: string,
  outputs: string,
  output: string,
): string =>
  `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=${inXml(collection)}" inputElement="${item}" outputCollection="${outputs}" outputElement="=${inXml(output)}" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

/** A task done so many times at once; `until` is FEEL that ends it early. */
export const times = (count: number, until?: string): string => {
  const formal = (tag: string, feel: string): string =>
    `<bpmn:${tag} xsi:type="bpmn:tFormalExpression">=${inXml(feel)}</bpmn:${tag}>`;
  const end = until === undefined ? '' : formal('completionCondition', until);
  return `<bpmn:multiInstanceLoopCharacteristics>${formal('loopCardinality', `${count}`)}${end}</bpmn:multiInstanceLoopCharacteristics>`;
};

export const after = (duration: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

export const every = (cycle: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">${cycle}</bpmn:timeCycle></bpmn:timerEventDefinition>`;

export const timerCatch = (id: string, duration: string): Part => ({
  id,
  tag: 'intermediateCatchEvent',
  body: after(duration),
});

const messageRoot = (name: string, key: string | null): string => {
  const inside =
    key === null ? '' : extensionsOf(`<zeebe:subscription correlationKey="=${inXml(key)}" />`);
  return `<bpmn:message id="message-${name}" name="${name}">${inside}</bpmn:message>`;
};

const messageTrigger = (name: string): string =>
  `<bpmn:messageEventDefinition messageRef="message-${name}" />`;

export const messageCatch = (id: string, name: string, key: string): Part => ({
  id,
  tag: 'intermediateCatchEvent',
  body: messageTrigger(name),
  roots: [messageRoot(name, key)],
});

export const messageStart = (id: string, name: string): Part => ({
  id,
  tag: 'startEvent',
  body: messageTrigger(name),
  roots: [messageRoot(name, null)],
});

export const signalCatch = (id: string, name: string): Part => ({
  id,
  tag: 'intermediateCatchEvent',
  body: `<bpmn:signalEventDefinition signalRef="signal-${name}" />`,
  roots: [`<bpmn:signal id="signal-${name}" name="${name}" />`],
});

export const callActivity = (id: string, processId: string): Part => ({
  id,
  tag: 'callActivity',
  extensions: `<zeebe:calledElement processId="${processId}" propagateAllChildVariables="true" />`,
});

const errorRoot = (code: string): string =>
  `<bpmn:error id="error-${code}" name="${code}" errorCode="${code}" />`;

const errorTrigger = (code: string): string =>
  `<bpmn:errorEventDefinition errorRef="error-${code}" />`;

export const errorEnd = (id: string, code: string): Part => ({
  id,
  tag: 'endEvent',
  body: errorTrigger(code),
  roots: [errorRoot(code)],
});

export const errorBoundary = (id: string, host: string, code: string): Part => ({
  id,
  tag: 'boundaryEvent',
  attributes: `attachedToRef="${host}"`,
  body: errorTrigger(code),
  roots: [errorRoot(code)],
});

export const timerBoundary = (
  id: string,
  host: string,
  trigger: string,
  isInterrupting = true,
): Part => ({
  id,
  tag: 'boundaryEvent',
  attributes: `attachedToRef="${host}" cancelActivity="${isInterrupting}"`,
  body: trigger,
});

/** Takes every message, and lets its host go on. */
export const messageBoundary = (id: string, host: string, name: string, key: string): Part => ({
  id,
  tag: 'boundaryEvent',
  attributes: `attachedToRef="${host}" cancelActivity="false"`,
  body: messageTrigger(name),
  roots: [messageRoot(name, key)],
});

/** Ends everything on its level. */
export const terminateEnd = (id: string): Part => ({
  id,
  tag: 'endEvent',
  body: '<bpmn:terminateEventDefinition />',
});

export const parallelGateway = (id: string): Part => ({ id, tag: 'parallelGateway' });

/** One executable process as a BPMN file. `chains`: `start > a > end`, several separated by line ends or commas. */
export function model(processId: string, parts: readonly Part[], chains: string): string {
  const flows = chains
    .split(/[\n,]/)
    .map((chain) => chain.trim().split(/\s*>\s*/))
    .flatMap((nodes) => nodes.slice(1).map((target, i) => [nodes[i] as string, target] as const))
    .filter(([source]) => source !== '');
  const arrows = flows.map(([source, target], i) => ({ id: `flow-${i + 1}`, source, target }));
  const nodes = parts.map(({ id, tag, attributes = '', body = '', extensions }) => {
    const incoming = arrows.filter(({ target }) => target === id);
    const outgoing = arrows.filter(({ source }) => source === id);
    const ends = [
      ...incoming.map((flow) => `<bpmn:incoming>${flow.id}</bpmn:incoming>`),
      ...outgoing.map((flow) => `<bpmn:outgoing>${flow.id}</bpmn:outgoing>`),
    ];
    return `<bpmn:${tag} id="${id}" ${attributes}>${extensionsOf(extensions)}${ends.join('')}${body}</bpmn:${tag}>`;
  });
  const lines = arrows.map(
    ({ id, source, target }) =>
      `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}" />`,
  );
  const roots = [...new Set(parts.flatMap((part) => part.roots ?? []))];
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${NAMESPACES} id="definitions" targetNamespace="http://jornada/test">
${roots.join('\n')}
<bpmn:process id="${processId}" isExecutable="true">
${[...nodes, ...lines].join('\n')}
</bpmn:process>
</bpmn:definitions>`;
}
