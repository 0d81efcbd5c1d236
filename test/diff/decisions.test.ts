/** What differs between two versions of a decision: rules, cells and columns, by what people call them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareDecisions, comparePackages } from '../../engine/diff/index.js';

const PATH = 'decisions/sla_policy.dmn';
const TABLE = readFileSync(`definitions/support-ticket/${PATH}`, 'utf8');
const ruleOf = (no: number, table = TABLE): string => {
  const [rule] =
    new RegExp(`<rule id="sla-policy-rule-${no}">[\\s\\S]*?</rule>\\s*`).exec(table) ?? [];
  if (rule === undefined) throw new Error(`no rule ${no}`);
  return rule;
};
const changed = (from: string, to: string): string => {
  expect(TABLE).toContain(from);
  return TABLE.replace(from, to);
};
/** Only decision that differs. */
const only = async (before: string, after: string) => {
  const [one, ...more] = (await compareDecisions(before, after)) ?? [];
  expect(more).toEqual([]);
  return one;
};

test('a cell is told by its rule and column, with what it was and is', async () => {
  const after = changed(ruleOf(1), ruleOf(1).replace('<text>15</text>', '<text>20</text>'));
  expect(await only(TABLE, after)).toEqual({
    ...{ kind: 'changed', decisionId: 'sla_policy', name: 'What support promises' },
    ...{ properties: [], columns: [] },
    rules: [
      {
        ...{ kind: 'changed', before: 1, after: 1, about: 'First reply, P1', aboutBefore: null },
        cells: [{ column: 'Minutes', before: '15', after: '20' }],
      },
    ],
  });
});

test('a rule that went moves none of the others; one that came is told with all its cells', async () => {
  const after = changed(ruleOf(2), '');
  const gone = await only(TABLE, after);
  expect(gone?.rules).toMatchObject([{ kind: 'removed', before: 2, after: null }]);
  const [came, ...more] = (await only(after, TABLE))?.rules ?? [];
  expect(more).toEqual([]);
  expect(came).toMatchObject({ kind: 'added', before: null, after: 2, about: 'First reply, P2' });
  expect(came?.cells).toContainEqual({ column: 'Metric', before: null, after: '"first_reply"' });
});

test('of rules that change places only the one that was moved is told', async () => {
  const after = changed(ruleOf(1), '').replace(ruleOf(3), `${ruleOf(3)}${ruleOf(1)}`);
  expect((await only(TABLE, after))?.rules).toMatchObject([
    { kind: 'moved', before: 1, after: 3, cells: [] },
  ]);
});

test('rules that were only given other ids, and a diagram that lies elsewhere, are no difference', async () => {
  const renamed = TABLE.replaceAll('sla-policy-rule-', 'other-rule-');
  expect(await compareDecisions(TABLE, renamed)).toEqual([]);
  const [file] = await comparePackages({ [PATH]: TABLE }, { [PATH]: renamed });
  expect(file).toMatchObject({ kind: 'changed', model: null, decisions: [] });
  expect(file?.lines.length).toBeGreaterThan(0);
});

test('a column is told by its title, and the hit policy as what decides otherwise', async () => {
  const titled = changed('label="Minutes"', 'label="Minutes of work"').replace('COLLECT', 'FIRST');
  expect(await only(TABLE, titled)).toMatchObject({
    properties: [{ path: 'hitPolicy', before: 'COLLECT', after: 'FIRST' }],
    columns: [
      {
        ...{ kind: 'changed', column: 'Minutes of work' },
        properties: [{ path: 'label', before: 'Minutes', after: 'Minutes of work' }],
      },
    ],
    rules: [],
  });
});

test('what is no decision is told by its lines alone', async () => {
  expect(await compareDecisions(TABLE, '<x')).toBeNull();
  expect(await compareDecisions('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', TABLE)).toBeNull();
});

test('two columns of one label are told apart by what they look at, or by their place', async () => {
  const same = TABLE.replaceAll(/label="[^"]*"/g, 'label="Value"');
  const after = same.replace(
    ruleOf(1, same),
    ruleOf(1, same).replace('<text>15</text>', '<text>20</text>'),
  );
  // As it is: one label over a condition and over a result, both of the same name.
  const both = ruleOf(1).replaceAll('"premium24"', '"other"');
  const [policy] = (await only(TABLE, changed(ruleOf(1), both)))?.rules ?? [];
  const names = policy?.cells.map(({ column }) => column);
  expect(names).toEqual(['SLA policy (policy)', 'SLA policy (→ policy)']);
  const [rule] = (await only(same, after))?.rules ?? [];
  expect(rule?.cells).toEqual([{ column: 'Value (→ minutes)', before: '15', after: '20' }]);
  // Without ids, and of one name: a cell is never taken for another's.
  const bare = same.replaceAll(/(<(?:input|output)\b[^>]*?) id="[^"]*"/g, '$1');
  const none = bare.replaceAll(/(<output\b[^>]*?) name="[^"]*"/g, '$1');
  const twenty = none.replace('<text>15</text>', '<text>20</text>');
  const [cell] = (await only(none, twenty))?.rules[0]?.cells ?? [];
  expect(cell).toMatchObject({ before: '15', after: '20' });
  expect(cell?.column).toMatch(/^Value #\d$/);
});
