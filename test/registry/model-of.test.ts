import { expect, test } from 'vitest';
import { modelOf } from '../../registry/index.js';

const model = (id: string): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d-${id}" targetNamespace="t"><process id="${id}" isExecutable="true"/></definitions>`;

test('a process is in the only model, whatever that is called', async () => {
  const files = { 'any name.bpmn': model('order'), 'process.yaml': 'key: order' };
  expect(await modelOf(files, 'order')).toBe(files['any name.bpmn']);
});

test('of two models, in the one that has it', async () => {
  const files = { 'process.bpmn': model('order'), 'part.bpmn': model('pay') };
  expect(await modelOf(files, 'pay')).toBe(files['part.bpmn']);
  expect(await modelOf(files, 'order')).toBe(files['process.bpmn']);
  expect(await modelOf(files, 'ship')).toBeNull();
});
