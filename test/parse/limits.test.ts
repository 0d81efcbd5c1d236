import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../engine/errors/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { LIMITS } from '../../engine/parse/limits.js';
import { cpuMs } from '../support/cpu-time.js';

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

function file(content: string): string {
  const process = `<process id="p" isExecutable="true">${content}</process>`;
  return `<definitions xmlns="${MODEL}" id="d" targetNamespace="t">${process}</definitions>`;
}

function repeat(n: number, make: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => make(i)).join('\n');
}

const nested = (n: number): string =>
  repeat(n, (i) => `<subProcess id="s${i}">`) + '</subProcess>'.repeat(n);
const flow = (i: number): string => `<sequenceFlow id="f${i}" sourceRef="a" targetRef="b"/>`;
const nodes = '<task id="a"/><task id="b"/>';

/** Hostile input, and the code that refuses it. */
const hostile: readonly [name: string, xml: string | Uint8Array, code: ErrorCode][] = [
  ['more than 5 MB', ' '.repeat(LIMITS.bytes + 1), 'BPMN_LIMIT_SIZE'],
  ['50,000 nested sub-processes', file(nested(50_000)), 'BPMN_LIMIT_DEPTH'],
  ['63 levels in a process', file(nested(63)), 'BPMN_LIMIT_DEPTH'],
  ['100,000 tasks', file(repeat(100_000, (i) => `<task id="t${i}"/>`)), 'BPMN_LIMIT_ELEMENTS'],
  ['150,000 tasks without id', file('<task/>'.repeat(150_000)), 'BPMN_LIMIT_ELEMENTS'],
  ['a long attribute', file(`<task id="a" name="${'x'.repeat(65_537)}"/>`), 'BPMN_LIMIT_ATTRIBUTE'],
  ['501 flows between two nodes', file(nodes + repeat(501, flow)), 'BPMN_LIMIT_FLOWS'],
  [
    '50,000 listed flows',
    file(`<task id="a">${'<outgoing>f</outgoing>'.repeat(50_000)}</task>`),
    'BPMN_LIMIT_FLOWS',
  ],
  ['a list of ids', file(`<task id="a" incoming="${'f '.repeat(30_000)}"/>`), 'BPMN_XML_INVALID'],
  ['100,000 unknown elements', file('<mystery/>'.repeat(90_000)), 'BPMN_ELEMENT_UNKNOWN'],
  [
    '10,000 wrong values',
    file(repeat(9_000, (i) => `<task id="t${i}" isForCompensation="x"/>`)),
    'BPMN_LIMIT_FINDINGS',
  ],
  [
    '150 namespaces',
    file(`<task id="a" ${repeat(150, (i) => `xmlns:n${i}="n:${i}"`)}/>`),
    'BPMN_XML_INVALID',
  ],
  ['1,000 attributes', file(`<task ${repeat(1_000, (i) => `a${i}="1"`)}/>`), 'BPMN_XML_INVALID'],
  ['open brackets', '<'.repeat(1_000_000), 'BPMN_XML_INVALID'],
  ['open comments', '<!--'.repeat(1_000_000), 'BPMN_XML_INVALID'],
  ['billion laughs', '<!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', 'BPMN_DTD_FORBIDDEN'],
  [
    'an entity without document type',
    '<!ENTITY a SYSTEM "file:///etc/passwd">',
    'BPMN_DTD_FORBIDDEN',
  ],
  [
    'UTF-16',
    new Uint8Array(Buffer.from(`\ufeff${file('')}`, 'utf16le')),
    'BPMN_ENCODING_UNSUPPORTED',
  ],
  [
    'UTF-16 without mark',
    new Uint8Array(Buffer.from(file(''), 'utf16le')),
    'BPMN_ENCODING_UNSUPPORTED',
  ],
  ['UTF-7', `<?xml version="1.0" encoding='UTF-7'?>${file('')}`, 'BPMN_ENCODING_UNSUPPORTED'],
  ['text whose bytes were not UTF-8', file('K\ufffdse'), 'BPMN_ENCODING_UNSUPPORTED'],
  ['a NUL', file('\0'), 'BPMN_ENCODING_UNSUPPORTED'],
  ['a control character', file('<task id="a" name="\u0007"/>'), 'BPMN_XML_INVALID'],
  ['nothing', '', 'BPMN_XML_INVALID'],
  ['an inherited name', file('<task id="constructor"/>'), 'BPMN_ID_RESERVED'],
];

describe('limits', () => {
  test.each(hostile)('%s', async (_name, xml, code) => {
    const began = cpuMs();
    const { findings } = await parseBpmn(xml, null);
    expect(findings.map((one) => one.code)).toContain(code);
    expect(findings.length).toBeLessThanOrEqual(LIMITS.findings + 1);
    expect(cpuMs() - began).toBeLessThan(5_000);
  });

  test('a byte order mark is no fault', async () => {
    const bytes = new Uint8Array(Buffer.from(`\ufeff${file('<task id="a"/>')}`));
    expect((await parseBpmn(bytes, null)).findings).toEqual([]);
  });

  test('60 levels are read', async () => {
    const { definitions, findings } = await parseBpmn(file(nested(60)), null);
    expect(findings).toEqual([]);
    expect(definitions?.processes[0]?.content.nodes).toHaveLength(1);
  });

  test('no name reaches the prototype of all objects', async () => {
    await parseBpmn(file('<task id="__proto__" __proto__="x" constructor="y"/>'), null);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('500 elements are read in well below 40 ms', async () => {
    const tasks = repeat(250, (i) => `<task id="t${i}"/>`);
    const flows = repeat(
      249,
      (i) => `<sequenceFlow id="f${i}" sourceRef="t${i}" targetRef="t${i + 1}"/>`,
    );
    const xml = file(tasks + flows);
    const times: number[] = [];
    for (let run = 0; run < 30; run++) {
      const began = cpuMs();
      expect((await parseBpmn(xml, null)).findings).toEqual([]);
      times.push(cpuMs() - began);
    }
    expect(Math.min(...times)).toBeLessThan(40);
  });
});
