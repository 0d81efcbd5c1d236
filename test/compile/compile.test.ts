import { describe, expect, test } from 'vitest';
import { NO_RESOURCES } from '../../engine/compile/index.js';
import { compileFixture } from '../support/index.js';

describe('compiling', () => {
  test('S02: flows out in the order of the `outgoing` children, conditions without their mark', async () => {
    const { process } = await compileFixture('compile/orders');
    expect(process.nodes.split?.outgoing).toEqual([
      { id: 'split-to-three', target: 'three', condition: null, isDefault: true },
      { id: 'split-to-two', target: 'two', condition: 'x = 2', isDefault: false },
      { id: 'split-to-one', target: 'one', condition: 'x = 1', isDefault: false },
    ]);
  });

  test('an activity knows its boundary events, in document order', async () => {
    const { process } = await compileFixture('compile/orders');
    expect(process.nodes.inside?.boundary).toEqual(['late', 'lost']);
    expect(process.nodes.late).toMatchObject({ attachedTo: 'inside', isInterrupting: true });
  });

  test('levels know what starts on them and what is around them', async () => {
    const { process } = await compileFixture('compile/orders');
    expect(process.scopes).toMatchObject({
      'orders-process': { parentId: null, starts: ['begin'], joins: [] },
      inside: { parentId: 'orders-process', starts: ['s'], eventSubProcesses: [] },
    });
    expect(process.nodes.work?.scopeId).toBe('inside');
  });

  test('S10: implicit starts, no start of a handler among them', async () => {
    const { process } = await compileFixture('elements/sub-process/valid-implicit');
    expect(process.scopes.inside?.starts).toEqual(['a', 'b']);
  });

  test('event sub-processes with trigger and whether they interrupt', async () => {
    const { process } = await compileFixture('elements/event-sub-process/valid-message');
    expect(process.scopes[process.id]?.eventSubProcesses).toEqual([
      { id: 'on-change', startEventId: 'changed', trigger: 'message', isInterrupting: false },
      { id: 'on-stop', startEventId: 'stopped', trigger: 'message', isInterrupting: true },
    ]);
  });

  test('a link throw knows its catch', async () => {
    const { process } = await compileFixture('step/link-two-throws');
    const trigger = { kind: 'link', name: 'over', targetId: 'land' };
    expect([process.nodes.one, process.nodes.two]).toMatchObject([{ trigger }, { trigger }]);
  });

  test('a process may set its loop guard', async () => {
    const { process } = await compileFixture('step/endless-loop');
    expect(process.limits.movesAStep).toBe(50);
  });

  test('the IR is plain JSON', async () => {
    const { process } = await compileFixture('compile/orders');
    expect(JSON.parse(JSON.stringify(process))).toEqual(process);
  });

  test('a decision that the deployment lacks is a finding', async () => {
    const { findings } = await compileFixture('elements/business-rule-task/valid-decision');
    expect(findings).toMatchObject([{ code: 'DEPLOY_DECISION_MISSING', elementId: 'decide' }]);
  });

  test('so is a form, where forms are known', async () => {
    const formIds = new Set(['other-form']);
    const model = 'elements/user-task/valid-assigned';
    const { findings } = await compileFixture(model, { ...NO_RESOURCES, formIds });
    expect(findings).toMatchObject([{ code: 'DEPLOY_FORM_MISSING', elementId: 'review' }]);
  });
});
