/** docs/camunda-client.md tells of each method of Camunda's client whether it finds something here, and why not. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  camundaClientPage,
  clientOperations,
  isServed,
  whyAbsent,
} from '../../scripts/camunda-client-page-text.js';

test('is what client and routes are today', () => {
  expect(readFileSync('docs/camunda-client.md', 'utf8')).toBe(camundaClientPage());
});

test('says of each method that finds nothing why, and of none that finds something', () => {
  const operations = clientOperations();
  expect(operations.length).toBeGreaterThan(150);
  const silent = operations.filter((one) => !isServed(one) && whyAbsent(one) === null);
  expect(silent).toEqual([]);
});

test.each([
  ...['createDeployment', 'createProcessInstance', 'searchProcessInstances', 'searchUserTasks'],
  ...['completeUserTask', 'assignUserTask', 'correlateMessage', 'broadcastSignal'],
  ...['resolveIncident', 'cancelProcessInstance', 'modifyProcessInstance'],
  'migrateProcessInstance',
])('%s finds its route', (name) => {
  const operation = clientOperations().find((one) => one.name === name);
  expect(operation && isServed(operation)).toBe(true);
});
