/** Draws a level of a model as BPMN: nodes and flows, written when the level is complete. */
import type { Boundary, Code, Condition, Handler, Multi, Wait } from './model.js';

/** Where a block begins and ends. `isDefault`: its way out is the default flow of `last`. */
export interface Ends {
  readonly first: string;
  readonly last: string;
  readonly isDefault?: boolean;
}

/** A node before it is written; attributes may come later. */
interface Node {
  readonly tag: string;
  readonly id: string;
  readonly attributes: Record<string, string>;
  readonly extensions: readonly string[];
  readonly body: string;
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');

/** One extension element. */
export const zeebe = (name: string, attributes: Record<string, string>, content = ''): string =>
  content === ''
    ? `<zeebe:${name}${attributesOf(attributes)} />`
    : `<zeebe:${name}${attributesOf(attributes)}>${content}</zeebe:${name}>`;

/** Mappings as one extension element; none for none. */
export const mapping = (
  inputs: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>> = {},
): readonly string[] => {
  const pairs = (name: string, all: Readonly<Record<string, string>>): string =>
    Object.entries(all)
      .map(([target, source]) => zeebe(name, { source: `=${source}`, target }))
      .join('');
  const content = pairs('input', inputs) + pairs('output', outputs);
  return content === '' ? [] : [zeebe('ioMapping', {}, content)];
};

/** A condition in FEEL. */
export const feelOf = ({ flag, isNegated }: Condition): string =>
  isNegated ? `not(b${flag})` : `b${flag}`;

/** Everything beside the levels: messages, signals, called processes. */
export class File {
  private readonly roots: string[] = [];
  private readonly processes: string[] = [];

  constructor(readonly drawProcess: (file: File, id: string, level: never) => string) {
    for (const code of ['E1', 'E2']) {
      this.roots.push(`<bpmn:error id="error-${code}" name="${code}" errorCode="${code}" />`);
      this.roots.push(
        `<bpmn:escalation id="escalation-${code}" name="${code}" escalationCode="${code}" />`,
      );
    }
  }

  /** A message with a name of its own; `key` is FEEL. */
  message(id: string, key: string | null): string {
    const extension =
      key === null
        ? ''
        : `<bpmn:extensionElements>${zeebe('subscription', { correlationKey: `=${key}` })}</bpmn:extensionElements>`;
    this.roots.push(`<bpmn:message id="message-${id}" name="m-${id}">${extension}</bpmn:message>`);
    return `message-${id}`;
  }

  signal(id: string): string {
    this.roots.push(`<bpmn:signal id="signal-${id}" name="s-${id}" />`);
    return `signal-${id}`;
  }

  add(process: string): void {
    this.processes.push(process);
  }

  text(): string {
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://jornada.example/random">',
      ...this.roots.map((line) => `  ${line}`),
      ...this.processes,
      '</bpmn:definitions>',
      '',
    ].join('\n');
  }
}

/** One level on its way to XML. */
export class LevelDrawing {
  private readonly nodes: Node[] = [];
  private readonly flows: string[] = [];

  constructor(
    readonly file: File,
    readonly id: string,
    /** Without start and end events. */
    readonly isPlain: boolean,
  ) {}

  node(
    tag: string,
    id: string,
    options: {
      readonly attributes?: Record<string, string>;
      readonly extensions?: readonly string[];
      readonly body?: string;
    } = {},
  ): Ends {
    const { attributes = {}, extensions = [], body = '' } = options;
    this.nodes.push({ tag, id, attributes: { ...attributes }, extensions, body });
    return { first: id, last: id };
  }

  /** A flow out of `from`; the default of its node where that says so. */
  flow(from: Ends, to: Ends, condition: string | null = null): void {
    const id = `${this.id}_f${this.flows.length + 1}`;
    const ends = `id="${id}" sourceRef="${from.last}" targetRef="${to.first}"`;
    if (condition !== null) {
      const text = escaped(`=${condition}`);
      this.flows.push(
        `<bpmn:sequenceFlow ${ends}><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${text}</bpmn:conditionExpression></bpmn:sequenceFlow>`,
      );
      return;
    }
    this.flows.push(`<bpmn:sequenceFlow ${ends} />`);
    const node = this.nodes.find((other) => other.id === from.last);
    if (from.isDefault && node !== undefined) node.attributes.default = id;
  }

  /** An end of the level; a plain level ends where its nodes have no way on. */
  end(from: Ends, id: string): void {
    if (this.isPlain && !from.isDefault) return;
    this.flow(from, this.node('endEvent', id));
  }

  /** The event definition of a trigger, with the root element that it needs. */
  trigger(trigger: string, id: string, code: Code | null = null, timer = 'PT2H'): string {
    switch (trigger) {
      case 'message':
        return `<bpmn:messageEventDefinition id="${id}_d" messageRef="${this.file.message(id, 'n0')}" />`;
      case 'signal':
        return `<bpmn:signalEventDefinition id="${id}_d" signalRef="${this.file.signal(id)}" />`;
      case 'timer': {
        const tag = timer.startsWith('R') ? 'timeCycle' : 'timeDuration';
        return `<bpmn:timerEventDefinition id="${id}_d"><bpmn:${tag} xsi:type="bpmn:tFormalExpression">${timer}</bpmn:${tag}></bpmn:timerEventDefinition>`;
      }
      case 'error':
      case 'escalation': {
        const ref = code === null ? '' : ` ${trigger}Ref="${trigger}-${code}"`;
        return `<bpmn:${trigger}EventDefinition id="${id}_d"${ref} />`;
      }
      case 'terminate':
        return `<bpmn:terminateEventDefinition id="${id}_d" />`;
      default:
        return '';
    }
  }

  /** Name and key of a thrown message travel on the event itself. */
  throwExtensions(trigger: string): readonly string[] {
    return trigger === 'message' ? [zeebe('publishMessage', { correlationKey: '=n1' })] : [];
  }

  text(): string {
    const nodes = this.nodes.map(({ tag, id, attributes, extensions, body }) => {
      const all = attributesOf({ id, ...attributes });
      const extension =
        extensions.length === 0
          ? ''
          : `<bpmn:extensionElements>${extensions.join('')}</bpmn:extensionElements>`;
      const content = extension + body;
      return content === ''
        ? `<bpmn:${tag}${all} />`
        : `<bpmn:${tag}${all}>${content}</bpmn:${tag}>`;
    });
    return [...nodes, ...this.flows].map((line) => `    ${line}`).join('\n');
  }
}

/** `zeebe:loopCharacteristics` and what belongs to it. */
export const multiOf = (id: string, multi: Multi | null): string => {
  if (multi === null) return '';
  const { isSequential, by, size, hasOutput, enough } = multi;
  const items = `items[item <= ${size}0]`;
  const loop = zeebe('loopCharacteristics', {
    ...(by === 'collection' ? { inputCollection: `=${items}`, inputElement: `item_${id}` } : {}),
    ...(hasOutput ? { outputCollection: `o_${id}`, outputElement: '=loopCounter + n0' } : {}),
  });
  const extension =
    by === 'collection' || hasOutput
      ? `<bpmn:extensionElements>${loop}</bpmn:extensionElements>`
      : '';
  const cardinality =
    by === 'cardinality'
      ? `<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">=${size}</bpmn:loopCardinality>`
      : '';
  const completion =
    enough === null
      ? ''
      : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=numberOfCompletedInstances &gt;= ${enough}</bpmn:completionCondition>`;
  return `<bpmn:multiInstanceLoopCharacteristics isSequential="${isSequential}">${extension}${cardinality}${completion}</bpmn:multiInstanceLoopCharacteristics>`;
};

/** Timer of an event beside the flow: a cycle where it may fire again. */
export const timerOf = ({ isInterrupting }: Pick<Boundary | Handler, 'isInterrupting'>): string =>
  isInterrupting ? 'PT2H' : 'R3/PT1H';

/** What an error event maps: its code alone. */
export const caughtMapping = ({ id, isMapped }: Boundary | Handler): readonly string[] =>
  isMapped ? mapping({}, { [`c_${id}`]: 'errorCode' }) : [];

/** Waits that a calm script may serve. */
export const WAITS: readonly Wait[] = ['message', 'timer', 'signal'];
