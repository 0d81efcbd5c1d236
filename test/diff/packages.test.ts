/** What differs between two versions, also what no diagram shows; the arguments are not to be swapped. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareLines, compareModels, comparePackages } from '../../engine/diff/index.js';

const MODEL = readFileSync('definitions/support-ticket/process.bpmn', 'utf8');
const changed = (from: string, to: string): string => {
  expect(MODEL).toContain(from);
  return MODEL.replace(from, to);
};
const after = changed('settings.triageDue', 'settings.workDue').replace(
  /<bpmn:userTask id="triage" name="Triage">/,
  '<bpmn:userTask id="triage" name="Sort">',
);

describe('models', () => {
  test('a property that no diagram shows is told with what it was and what it is', async () => {
    const changes = await compareModels(MODEL, after);
    expect(changes).toMatchObject({ added: [], removed: [], moved: [] });
    const [only, ...more] = changes?.changed ?? [];
    expect(more).toEqual([]);
    expect(only).toMatchObject({ elementId: 'triage', type: 'bpmn:UserTask', name: 'Sort' });
    const [name, due] = only?.properties ?? [];
    expect(name).toEqual({ path: 'name', before: 'Triage', after: 'Sort' });
    expect(due?.path).toBe('zeebe:taskSchedule.dueDate');
    expect(due?.before).toContain('settings.triageDue');
    expect(due?.after).toContain('settings.workDue');
  });

  test('the other way round, before and after change places', async () => {
    const [one, other] = [await compareModels(MODEL, after), await compareModels(after, MODEL)];
    const turned = other?.changed.map((change) => ({
      ...{ ...change, name: 'Sort' },
      properties: change.properties.map((each) => {
        return { path: each.path, before: each.after, after: each.before };
      }),
    }));
    expect(turned).toEqual(one?.changed);
  });

  test('what came is added; what went, removed', async () => {
    const annotation =
      '<bpmn:textAnnotation id="a-note"><bpmn:text>why</bpmn:text></bpmn:textAnnotation>';
    const more = MODEL.replace('</bpmn:process>', `${annotation}</bpmn:process>`);
    const changes = await compareModels(MODEL, more);
    expect(changes?.added.map(({ elementId }) => elementId)).toEqual(['a-note']);
    expect(changes?.added[0]?.properties).toContainEqual({
      path: 'text',
      before: null,
      after: 'why',
    });
    expect((await compareModels(more, MODEL))?.removed.map(({ elementId }) => elementId)).toEqual([
      'a-note',
    ]);
  });

  test('an element that lies elsewhere has moved and is otherwise the same', async () => {
    const moved = MODEL.replace(/(bpmnElement="triage"[^>]*>\s*<dc:Bounds x=")\d+/, '$11');
    expect(await compareModels(MODEL, moved)).toEqual({
      ...{ added: [], removed: [], changed: [], moved: ['triage'] },
    });
  });

  test('mappings go by what they are called: one more moves none', async () => {
    const [first = ''] = /<zeebe:input [^>]*>/.exec(MODEL) ?? [];
    const more = MODEL.replace(first, `<zeebe:input source="=1" target="brandNew" />${first}`);
    const [change] = (await compareModels(MODEL, more))?.changed ?? [];
    expect(change?.properties.map(({ path }) => path)).toEqual([
      'zeebe:ioMapping.zeebe:input[brandNew].source',
      'zeebe:ioMapping.zeebe:input[brandNew].target',
    ]);
  });

  test('what is no model is compared by its lines', async () => {
    expect(await compareModels(MODEL, 'x')).toBeNull();
    const [file] = await comparePackages({ 'process.bpmn': MODEL }, { 'process.bpmn': 'x' });
    expect(file).toMatchObject({ kind: 'changed', model: null });
    expect(file?.lines.at(-1)).toEqual({ kind: 'added', text: 'x' });
  });
});

describe('lines', () => {
  const text = (lines: readonly (string | number)[]): string => `${lines.join('\n')}\n`;
  const many = Array.from({ length: 20 }, (_one, index) => index);

  test('shows changes and two lines around them', () => {
    const now = many.map((one) => (one === 10 ? 'ten' : one));
    expect(
      compareLines(text(many), text(now)).map(({ kind, text: shown }) => `${kind} ${shown}`),
    ).toEqual([
      ...['skipped 8', 'same 8', 'same 9', 'removed 10', 'added ten', 'same 11', 'same 12'],
      'skipped 7',
    ]);
  });

  test('finds what was put in and taken out at once', () => {
    const shown = compareLines('a\nb\nc\nd\n', 'a\nc\nx\nd\n').map(
      ({ kind, text: line }) => kind[0] + line,
    );
    expect(shown).toEqual(['sa', 'rb', 'sc', 'ax', 'sd']);
  });

  test('says nothing of line ends, and of nothing', () => {
    expect(compareLines('a\r\nb\r\n', 'a\nb')).toEqual([]);
    expect(compareLines('', '')).toEqual([]);
  });
});

test('files that came, went, are the same', async () => {
  const changes = await comparePackages({ a: '1', b: '2', c: '3' }, { b: '2', c: '4', d: '5' });
  expect(changes.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'a removed',
    'c changed',
    'd added',
  ]);
});
