import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../engine/errors/index.js';
import { parseBpmn } from '../../engine/parse/index.js';

const FOLDER = 'test/fixtures/parse';

/** Given the file, when it is parsed, then exactly this is found at this element. */
const found: readonly [
  file: string,
  code: ErrorCode,
  elementId: string | null,
  line: number | null,
][] = [
  ['invalid-ad-hoc-extension', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
  ['invalid-bad-id', 'BPMN_ID_MISSING', '1 task', 9],
  ['invalid-boolean', 'BPMN_XML_INVALID', 'task', 6],
  ['invalid-boundary-without-host', 'BPMN_BOUNDARY_HOST', 'boundary', 9],
  ['invalid-choreography', 'BPMN_CHOREOGRAPHY_NOT_EXECUTABLE', 'choreography', 3],
  ['invalid-conversation', 'BPMN_CONVERSATION_NOT_EXECUTABLE', 'talk', 5],
  ['invalid-correlation', 'BPMN_NOT_EXECUTED', 'key', 5],
  ['invalid-dangling-condition', 'BPMN_REF_UNRESOLVED', 'lost', 9],
  ['invalid-dangling-flow', 'BPMN_REF_UNRESOLVED', 'lost', 9],
  ['invalid-data-association', 'BPMN_NOT_EXECUTED', 'association', 7],
  ['invalid-default-source', 'BPMN_DEFAULT_SOURCE_TYPE', 'fork', 7],
  ['invalid-definition-reference', 'BPMN_EVENT_DEFINITION_REF', 'start', 4],
  ['invalid-duplicate-id', 'BPMN_ID_DUPLICATE', 'task', 6],
  ['invalid-empty-condition', 'BPMN_EXPRESSION_INFORMAL', 'to-other', 7],
  ['invalid-enumeration', 'BPMN_XML_INVALID', 'task', 6],
  ['invalid-execution-listeners', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
  ['invalid-expression-type', 'BPMN_XML_INVALID', 'to-other', 8],
  ['invalid-extension-incomplete', 'BPMN_XML_INVALID', 'task', 6],
  ['invalid-extension-twice', 'BPMN_XML_INVALID', 'task', 6],
  ['invalid-flow-crosses-pool', 'BPMN_FLOW_CROSSES_POOL', 'across', 12],
  ['invalid-flow-lists', 'BPMN_FLOW_LISTS_CONTRADICT', 'task', 6],
  ['invalid-flow-to-data', 'BPMN_FLOW_END_TYPE', 'lost', 9],
  ['invalid-flow-without-source', 'BPMN_FLOW_END_MISSING', 'lost', 9],
  ['invalid-global-task', 'BPMN_NOT_EXECUTED', 'global', 3],
  ['invalid-import', 'BPMN_IMPORT_UNRESOLVED', null, 3],
  ['invalid-inherited-language', 'BPMN_EXPRESSION_LANGUAGE', 'to-other', 7],
  ['invalid-io-specification', 'BPMN_NOT_EXECUTED', 'io', 7],
  ['invalid-lane-id', 'BPMN_ID_MISSING', 'lanes', 5],
  ['invalid-lane-node', 'BPMN_LANE_NODE', 'lane', 5],
  ['invalid-language', 'BPMN_EXPRESSION_LANGUAGE', 'to-other', 7],
  ['invalid-linked-resources', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
  ['invalid-message-flow-executable', 'BPMN_NOT_EXECUTED', 'mail', 9],
  ['invalid-message-flow-same-pool', 'BPMN_MESSAGE_FLOW_SAME_POOL', 'mail', 6],
  ['invalid-misplaced-extension', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
  ['invalid-missing-id', 'BPMN_ID_MISSING', 'process', 9],
  ['invalid-must-understand', 'BPMN_EXTENSION_MUST_UNDERSTAND', null, 3],
  ['invalid-nested-definition-reference', 'BPMN_EVENT_DEFINITION_REF', 'two', 14],
  ['invalid-operation', 'BPMN_NOT_EXECUTED', 'task', 12],
  ['invalid-pool-property', 'BPMN_HEADER_UNKNOWN', 'us', 4],
  ['invalid-public-process', 'BPMN_PROCESS_PUBLIC_EXECUTABLE', 'process', 3],
  ['invalid-quantity', 'BPMN_XML_INVALID', 'task', 6],
  ['invalid-reference-type', 'BPMN_REF_WRONG_TYPE', 'start', 5],
  ['invalid-reserved-id', 'BPMN_ID_RESERVED', '__proto__', 9],
  ['invalid-resource-role', 'BPMN_NOT_EXECUTED', 'owner', 7],
  ['invalid-target-namespace', 'BPMN_TARGET_NAMESPACE_MISSING', 'definitions', 2],
  ['invalid-task-listeners', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
  ['invalid-text', 'BPMN_XML_INVALID', 'task', 7],
  ['invalid-type-without-prefix', 'BPMN_XML_INVALID', 'to-other', 8],
  ['invalid-twice', 'BPMN_XML_INVALID', 'start', 7],
  ['invalid-triggered-task', 'BPMN_SUBPROCESS_KIND', 'task', 7],
  ['invalid-two-forms', 'BPMN_USER_TASK_CONFIG', 'task', 7],
  ['invalid-unknown-attribute', 'BPMN_ELEMENT_UNKNOWN', 'task', 6],
  ['invalid-unknown-element', 'BPMN_ELEMENT_UNKNOWN', 'mystery', 7],
  ['invalid-unknown-zeebe-attribute', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 6],
  ['invalid-unknown-zeebe-element', 'BPMN_EXTENSION_UNSUPPORTED', 'task', 8],
];

/** Files that are refused before there is a tree. */
const refused: readonly [file: string, code: ErrorCode, line: number | null][] = [
  ['invalid-both-vocabularies', 'BPMN_CAMUNDA_MIXED', 6],
  ['invalid-camunda-7', 'BPMN_CAMUNDA_NOT_IMPORTED', 6],
  ['invalid-character', 'BPMN_XML_INVALID', 7],
  ['invalid-doctype', 'BPMN_DTD_FORBIDDEN', 2],
  ['invalid-encoding', 'BPMN_ENCODING_UNSUPPORTED', null],
  ['invalid-entity', 'BPMN_XML_INVALID', 6],
  ['invalid-markup', 'BPMN_XML_INVALID', 9],
  ['invalid-root', 'BPMN_XML_INVALID', 2],
];

/** Files with several faults. */
const several: Readonly<Record<string, readonly string[]>> = {
  'invalid-dangling-references': [
    'BPMN_REF_UNRESOLVED receive',
    'BPMN_REF_UNRESOLVED shout',
    'BPMN_REF_UNRESOLVED failed',
  ],
};

const read = (name: string): Uint8Array => readFileSync(`${FOLDER}/${name}.bpmn`);
const fixtures = readdirSync(FOLDER).map((name) => name.replace('.bpmn', ''));
const valid = fixtures.filter((name) => name.startsWith('valid-'));

describe('findings', () => {
  test.each(found)('%s gives %s at %s', async (name, code, elementId, line) => {
    const { definitions, findings } = await parseBpmn(read(name), name);
    expect(findings).toMatchObject([{ code, elementId, line, file: name }]);
    expect(findings[0]?.message).not.toContain('undefined');
    expect(definitions).not.toBeNull();
  });

  test.each(Object.entries(several))('%s gives all of %j', async (name, expected) => {
    const { findings } = await parseBpmn(read(name), name);
    expect(findings.map(({ code, elementId }) => `${code} ${elementId}`)).toEqual(expected);
  });

  test.each(refused)('%s is refused by %s', async (name, code, line) => {
    const { definitions, findings } = await parseBpmn(read(name), name);
    expect(findings).toMatchObject([{ code, line }]);
    expect(definitions).toBeNull();
  });

  test.each(valid)('%s has none', async (name) => {
    const { findings } = await parseBpmn(read(name), name);
    const expected = name === 'valid-foreign-extension' ? ['BPMN_EXTENSION_FOREIGN'] : [];
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });

  test('every invalid file stands in a table', () => {
    const listed = [...found, ...refused].map(([name]) => name);
    listed.push(...Object.keys(several));
    expect(listed.sort()).toEqual(fixtures.filter((name) => name.startsWith('invalid-')).sort());
  });

  test('every text has all its facts', async () => {
    for (const name of fixtures) {
      const { findings } = await parseBpmn(read(name), name);
      for (const { message } of findings) expect(message).not.toMatch(/undefined|null|NaN|\{\w+\}/);
    }
  });
});
