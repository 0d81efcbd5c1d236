/** The order in which the steps of a diagram are told. */
import { expect, test } from 'vitest';
import { kindNameIn, kindOfType } from '../../web/parts/diagram/kinds.js';
import { type DrawnNode, walk } from '../../web/parts/diagram/walk.js';

const node = (
  elementId: string,
  next: readonly string[],
  more: Partial<DrawnNode> = {},
): DrawnNode => ({
  ...{ elementId, next, kind: 'task', name: null, within: 'p', host: null, x: 0, y: 0 },
  ...more,
});
const order = (nodes: readonly DrawnNode[]) =>
  walk(nodes).map(({ elementId, depth }) => `${'  '.repeat(depth)}${elementId}`);

test('a step comes behind what leads to it, upper ways first', () => {
  const nodes = [
    node('end', [], { x: 9 }),
    node('join', ['end'], { x: 8 }),
    node('lower', ['join'], { y: 5 }),
    node('upper', ['join'], { y: 1 }),
    node('split', ['lower', 'upper']),
    node('start', ['split']),
  ];
  expect(order(nodes)).toEqual(['start', 'split', 'upper', 'lower', 'join', 'end']);
});

test('a loop ends, and what only a loop leads to is there', () => {
  const nodes = [node('a', ['b']), node('b', ['c']), node('c', ['b', 'd']), node('d', [])];
  expect(order(nodes)).toEqual(['a', 'b', 'c', 'd']);
  expect(order([node('a', ['b'], { x: 1 }), node('b', ['a'], { x: 2 })])).toEqual(['a', 'b']);
});

test('what lies in a sub-process is deeper, what sits on a step comes behind the way on', () => {
  const nodes = [
    node('start', ['sub']),
    node('sub', ['end'], { kind: 'subProcess' }),
    node('in-2', [], { within: 'sub' }),
    node('in-1', ['in-2'], { within: 'sub' }),
    node('late', ['remind'], { host: 'sub', y: 4 }),
    node('remind', [], { y: 9 }),
    node('end', []),
  ];
  expect(order(nodes)).toEqual(['start', 'sub', '  in-1', '  in-2', 'end', 'late', 'remind']);
});

test('pools from above to below; steps know what leads to them', () => {
  const nodes = [
    node('b', [], { within: 'lower', y: 9 }),
    node('a-2', [], { within: 'upper' }),
    node('a-1', ['a-2'], { within: 'upper' }),
  ];
  expect(order(nodes)).toEqual(['a-1', 'a-2', 'b']);
  expect(walk(nodes)[1]?.previous).toEqual(['a-1']);
});

test('types are words', () => {
  expect(kindNameIn('en', kindOfType('bpmn:UserTask'))).toBe('User task');
  expect(kindNameIn('pt-BR', kindOfType('bpmn:SequenceFlow'))).toBe('Fluxo de sequência');
  expect(kindNameIn('en', 'toString')).toBe('toString');
});
