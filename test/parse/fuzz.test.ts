import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBpmn } from '../../engine/parse/index.js';
import { cpuMs } from '../support/cpu-time.js';

const FOLDER = 'test/fixtures/parse';
const sources = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`));

/** A file of the fixtures with bytes flipped at places given as fractions of its length. */
const flipped = fc
  .tuple(
    fc.constantFrom(...sources),
    fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map(([source, flips]) => {
    const bytes = new Uint8Array(source);
    for (const [at, mask] of flips) {
      const index = Math.floor(at * bytes.length);
      bytes[index] = (bytes[index] ?? 0) ^ mask;
    }
    return bytes;
  });

/** A file with tags, attributes or values taken away, doubled or swapped. */
const edited = fc
  .tuple(
    fc.constantFrom(...sources.map((source) => source.toString('utf8'))),
    fc.constantFrom(/<[^<>]*>/g, /\s[\w:]+="[^"]*"/g, /"[^"]*"/g, />[^<>]+</g),
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom('drop', 'double', 'swap')), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([source, pattern, edits]) =>
    edits.reduce((text, [pick, kind]) => edit(text, pattern, pick, kind), source),
  );

function edit(text: string, pattern: RegExp, pick: number, kind: string): string {
  const hits = [...text.matchAll(pattern)];
  const hit = hits[pick % Math.max(hits.length, 1)];
  const other = hits[(pick * 7 + 1) % Math.max(hits.length, 1)];
  if (!hit || !other) return text;
  const instead = { drop: '', double: hit[0] + hit[0], swap: other[0] }[kind] ?? '';
  return text.slice(0, hit.index) + instead + text.slice(hit.index + hit[0].length);
}

async function judge(xml: string | Uint8Array): Promise<void> {
  const began = cpuMs();
  const { definitions, findings } = await parseBpmn(xml, 'fuzz.bpmn');
  expect(cpuMs() - began).toBeLessThan(2_000);
  if (definitions === null) expect(findings.some((one) => one.severity === 'error')).toBe(true);
  for (const { message, docs } of findings) {
    expect(message).toMatch(/^Expected /);
    expect(message).not.toMatch(/undefined|\{\w+\}/);
    expect(docs).toMatch(/^docs\/errors\.md#/);
  }
  expect(await parseBpmn(xml, 'fuzz.bpmn')).toEqual({ definitions, findings });
}

/** The suite repeats itself; `FUZZ_SEED` draws other files. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);

describe('any input has a definite answer', () => {
  test('files with flipped bytes', async () => {
    await fc.assert(fc.asyncProperty(flipped, judge), { numRuns: 150, seed: SEED });
  }, 60_000);

  test('files with tags taken away, doubled or swapped', async () => {
    await fc.assert(fc.asyncProperty(edited, judge), { numRuns: 300, seed: SEED });
  }, 60_000);

  test('anything at all', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 200 }), judge), {
      numRuns: 100,
      seed: SEED,
    });
  }, 60_000);
});
