import { describe, expect, test } from 'vitest';
import type { Finding } from '../../engine/errors/index.js';
import type { ParsedDefinitions } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { DEPLOYED, fixtures, parseFixture } from './support.js';

const judge = (definitions: ParsedDefinitions): readonly Finding[] =>
  validateDefinitions(definitions, { mode: 'strict', deployed: DEPLOYED });

const failed = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ code }) => code === 'BPMN_RULE_FAILED').map(({ message }) => message);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What the tree's types allow to be null, wherever it stands. */
const NULLABLE = /^(name|line|default|attachedTo|messageRef|script|calledElement|loop|form|ref)/;
const CATALOGUES = ['messages', 'signals', 'errors', 'escalations'];

/** Changes a tree in each way that its types allow, one way at a time, and undoes it. */
function eachMutation(tree: Json, judgeIt: (path: string) => void, path = ''): void {
  if (typeof tree !== 'object' || tree === null) return;
  for (const key of Object.keys(tree)) {
    const at = `${path}/${key}`;
    const holder = tree as { [key: string]: Json };
    const value = holder[key] as Json;
    for (const other of variants(key, value)) {
      holder[key] = other;
      judgeIt(`${at} = ${JSON.stringify(other).slice(0, 40)}`);
    }
    holder[key] = value;
    eachMutation(value, judgeIt, at);
  }
}

function variants(key: string, value: Json): readonly Json[] {
  if (Array.isArray(value)) return value.map((_one, at) => value.filter((_, i) => i !== at));
  if (CATALOGUES.includes(key)) return [{}];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [0];
  if (value === null) return [];
  if (NULLABLE.test(key) || key === 'condition') return [null];
  if (typeof value !== 'string') return [];
  if (['source', 'target', 'text', 'id'].includes(key)) return ['', 'nowhere'];
  return [];
}

describe('a sound tree with one part less', () => {
  const valid = fixtures.filter((fixture) => fixture.includes('/valid-'));

  test.each(valid)('%s', async (fixture) => {
    const { definitions } = await parseFixture(fixture);
    const tree: Json = JSON.parse(JSON.stringify(definitions));
    const faults: string[] = [];
    let count = 0;
    eachMutation(tree, (path) => {
      count += 1;
      const messages = failed(judge(tree as unknown as ParsedDefinitions));
      faults.push(...messages.map((message) => `${path}: ${message}`));
    });
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThan(10);
    expect(judge(tree as unknown as ParsedDefinitions)).toEqual([]);
  });
});

/** Files in which every flow and every attribute is left out once. */
const FILES = [
  'event-gateway/valid-message-timer-receive',
  'expressions/valid-everywhere',
  'reachability/valid-by-boundary-and-link',
  'event-sub-process-duplicate/valid-non-interrupting',
];

test.each(FILES)('a file without one flow or attribute is judged: %s', async (fixture) => {
  const { xml } = await parseFixture(fixture);
  const body = xml.indexOf('<bpmn:', xml.indexOf('<bpmn:definitions') + 1);
  const parts = /<bpmn:sequenceFlow [^>]*\/>| [a-zA-Z:]+="[^"]*"/g;
  const cuts = [...xml.matchAll(parts)].filter(({ index }) => index >= body);
  expect(cuts.length).toBeGreaterThan(15);
  let refused = 0;
  for (const { index, 0: text } of cuts) {
    const { definitions, findings } = await parseBpmn(
      xml.slice(0, index) + xml.slice(index + text.length),
      null,
    );
    const found = definitions === null ? [] : judge(definitions);
    expect(failed(found)).toEqual([]);
    if (findings.length + found.length > 0) refused += 1;
  }
  expect(refused).toBeGreaterThan(cuts.length / 2);
});
