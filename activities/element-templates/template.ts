/**
 * Element templates: what Camunda Modeler offers for a task of Jornada, made of the side effect itself. Class: pure.
 * Source: the JSON Schema of zeebe element templates; docs/design.md D15.
 */
import type { Json } from '../../engine/model/index.js';
import type { Describes, SideEffect } from '../side-effect.js';
import { type Input, inputsOf } from './inputs.js';

/** A template; `version` counts its changes. */
export type ElementTemplate = { readonly id: string; readonly version: number } & {
  readonly [name: string]: Json;
};

const SCHEMA =
  'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json';

const GROUPS = [
  { id: 'inputs', label: 'What it is given' },
  { id: 'results', label: 'What it leaves behind' },
  { id: 'job', label: 'How it is tried' },
] as const;

/** The template of a side effect that is described. */
export function templateOf(
  { type, input }: Pick<SideEffect, 'type' | 'input'>,
  describes: Describes,
  version: number,
): ElementTemplate {
  return {
    $schema: SCHEMA,
    name: describes.title,
    id: `jornada.${type}`,
    version,
    description: describes.says,
    category: { id: 'jornada', name: 'Jornada' },
    appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'],
    elementType: { value: 'bpmn:ServiceTask' },
    engines: { camunda: '^8.0' },
    groups: GROUPS.map((group) => ({ ...group })),
    properties: [
      {
        type: 'Hidden',
        value: type,
        binding: { type: 'zeebe:taskDefinition', property: 'type' },
      },
      ...(describes.sendsMail ? [MAIL] : []),
      ...inputsOf(input).map(inputProperty),
      ...Object.entries(describes.output).map(outputProperty),
      RETRIES,
      ...HEADERS.map(headerProperty),
    ],
  };
}

/** A text in FEEL; the variable of the same name is what is mostly meant. */
function inputProperty({ name, isRequired, choices, type }: Input): Json {
  const binding = { type: 'zeebe:input', name };
  const common = { id: `input-${name}`, label: name, group: 'inputs', binding };
  if (choices !== null) {
    const options = choices.map((one) => ({ name: String(one), value: `=${JSON.stringify(one)}` }));
    const none = { name: `the variable ${name}`, value: `=${name}` };
    const all = isRequired ? [none, ...options] : options;
    return { ...common, type: 'Dropdown', choices: all, ...need(isRequired, name) };
  }
  return {
    ...common,
    type: 'String',
    feel: 'optional',
    description: `In FEEL: ${type}.`,
    ...need(isRequired, name),
  };
}

const need = (isRequired: boolean, name: string) =>
  isRequired ? { value: `=${name}`, constraints: { notEmpty: true } } : { optional: true };

function outputProperty([name, says]: readonly [string, string]): Json {
  return {
    id: `output-${name}`,
    label: `Variable for ${name}`,
    description: `Takes ${says}.`,
    type: 'String',
    optional: true,
    group: 'results',
    binding: { type: 'zeebe:output', source: `=${name}` },
  };
}

const MAIL: Json = {
  id: 'header-mail',
  label: 'Mail',
  description: 'Name of the template: mail/<name>.<locale>.liquid of the package.',
  type: 'String',
  group: 'inputs',
  constraints: { notEmpty: true },
  binding: { type: 'zeebe:taskHeader', key: 'jornada:mail' },
};

const RETRIES: Json = {
  id: 'retries',
  label: 'Attempts in all',
  type: 'String',
  value: '10',
  group: 'job',
  feel: 'optional',
  constraints: { notEmpty: true },
  binding: { type: 'zeebe:taskDefinition', property: 'retries' },
};

/** What a service task can say; docs/adding-a-process.md. */
const HEADERS: readonly (readonly [name: string, label: string, says: string])[] = [
  ['jornada:timeout', 'Time of one attempt', 'ISO 8601, such as PT5M.'],
  ['jornada:deadline', 'Time of all attempts', 'ISO 8601, such as P7D.'],
  ['jornada:backoff', 'Wait before the second attempt', 'ISO 8601, such as PT1S.'],
  ['jornada:backoffCoefficient', 'Growth of the wait', 'A number of at least 1.'],
];

function headerProperty([key, label, description]: (typeof HEADERS)[number]): Json {
  const binding = { type: 'zeebe:taskHeader', key };
  const id = `header-${key.slice('jornada:'.length)}`;
  return { id, label, description, type: 'String', optional: true, group: 'job', binding };
}
