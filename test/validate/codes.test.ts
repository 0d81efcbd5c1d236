import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BPMN_ERRORS } from '../../engine/errors/bpmn.js';
import { EXPECTED } from './expected.js';

/** A bug of ours; `registry.test.ts` provokes it. */
const BUGS = ['BPMN_RULE_FAILED'];

/** Codes that other parts of the engine name; their own tests hold them. */
function namedElsewhere(): ReadonlySet<string> {
  const files = readdirSync('engine', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(errors|validate|elements)\//.test(file),
  );
  const text = files.map((file) => readFileSync(`engine/${file}`, 'utf8')).join('\n');
  return new Set(Array.from(text.matchAll(/'(BPMN_[A-Z_]+)'/g), ([, code]) => String(code)));
}

test('every code is produced by a fixture, or told by another part', () => {
  const produced = new Set(Object.values(EXPECTED).flatMap((rows) => rows.map(([code]) => code)));
  const elsewhere = namedElsewhere();
  const missing = Object.keys(BPMN_ERRORS).filter(
    (code) => !produced.has(code) && !elsewhere.has(code),
  );
  expect(missing.sort()).toEqual(BUGS);
});
