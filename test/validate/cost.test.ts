import { expect, test } from 'vitest';
import type { ParsedDefinitions } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { cpuMs } from '../support/cpu-time.js';

/** A process of `rounds` times: task with a boundary timer, gateway, sub-process; 11 elements each. */
async function model(rounds: number): Promise<ParsedDefinitions> {
  const parts: string[] = ['<bpmn:startEvent id="n-0" /><bpmn:endEvent id="end" />'];
  const flow = (from: string, to: string, inside = ''): string =>
    `<bpmn:sequenceFlow id="${from}-to-${to}" sourceRef="${from}" targetRef="${to}">${inside}</bpmn:sequenceFlow>`;
  const condition =
    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=x</bpmn:conditionExpression>';
  for (let i = 0; i < rounds; i += 1) {
    parts.push(
      `<bpmn:task id="t-${i}" />`,
      `<bpmn:boundaryEvent id="b-${i}" attachedToRef="t-${i}"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`,
      `<bpmn:exclusiveGateway id="g-${i}" default="g-${i}-to-n-${i + 1}" />`,
      `<bpmn:subProcess id="n-${i + 1}"><bpmn:task id="inner-${i}" /></bpmn:subProcess>`,
      flow(`n-${i}`, `t-${i}`),
      flow(`t-${i}`, `g-${i}`),
      flow(`g-${i}`, `n-${i + 1}`),
      flow(`g-${i}`, `end`, condition),
      flow(`b-${i}`, `end`),
    );
  }
  const last = flow(`n-${rounds}`, 'end');
  const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t"><bpmn:process id="p" isExecutable="true">${parts.join('')}${last}</bpmn:process></bpmn:definitions>`;
  const { definitions } = await parseBpmn(xml, null);
  return definitions as ParsedDefinitions;
}

/** The shortest of several runs, in milliseconds: what the work costs when nothing disturbs it. */
function cost(definitions: ParsedDefinitions): number {
  const times = Array.from({ length: 15 }, () => {
    const from = cpuMs();
    expect(validateDefinitions(definitions, { mode: 'strict' })).toEqual([]);
    return cpuMs() - from;
  });
  return Math.min(...times);
}

/** A square would make it 256 times as dear. Measured: 2 ms for 500 elements, 50 ms for 8,000. */
test('sixteen times the model costs sixteen times as much, not its square', async () => {
  const [small, large] = [await model(50), await model(800)];
  cost(small); // compiles the code that is measured
  expect(cost(large) / cost(small)).toBeLessThan(16 * 5);
});
