import { describe, expect, test } from 'vitest';
import { evaluateDecision } from '../../engine/decisions/index.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { fixture, load, scopeOf } from './support.js';

const findingsOf = async (xml: string | Uint8Array) => {
  const { findings } = await parseDmn(xml, 'a.dmn');
  return findings.map(({ code, elementId, line }) => `${code} ${elementId} ${line}`);
};

const definitions = (content: string): string =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="D" name="D" namespace="n">${content}</definitions>`;

const ONE =
  '<decision id="A" name="A"><literalExpression><text>1</text></literalExpression></decision>';

describe('parseDmn', () => {
  test('reads a table', async () => {
    const { Risk } = await load('valid-unique');
    expect(Risk).toMatchObject({
      name: 'Applicant Risk Rating',
      variable: 'Applicant Risk Rating',
      requires: [],
      logic: {
        hitPolicy: 'UNIQUE',
        aggregation: null,
        inputs: [
          { feel: 'Applicant Age', type: 'number', allowed: null },
          { feel: 'Medical History', type: 'string', allowed: '"good","bad"' },
        ],
        outputs: [{ name: 'Risk', defaultFeel: null, priorities: [] }],
      },
    });
  });

  test.each([
    ['1.1', 'Old', { x: 2 }, 'big'],
    ['1.5', 'New', { size: 'L' }, 2],
  ] as const)('reads DMN %s', async (version, id, given, value) => {
    const decisions = await load(`valid-version-${version}`);
    expect(evaluateDecision(decisions, id, scopeOf(given))).toMatchObject({ ok: true, value });
  });

  test('takes the allowed values from the type that the file defines', async () => {
    const decisions = await load('valid-version-1.5');
    const result = evaluateDecision(decisions, 'New', scopeOf({ size: 'XL' }));
    expect(result).toMatchObject({ fault: { code: 'DECISION_INPUT_INVALID' } });
  });

  test.each(['invalid-table', 'invalid-graph', 'invalid-not-executed'])(
    'finds everything at once: %s',
    async (name) => {
      const { findings } = await parseDmn(fixture(name), `${name}.dmn`);
      const shown = findings.map(({ code, elementId, line, message }) => ({
        code,
        elementId,
        line,
        message,
      }));
      await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(
        `../fixtures/decisions/${name}.findings.json`,
      );
    },
  );

  test('names file, line and docs', async () => {
    const { findings } = await parseDmn(definitions('\n<decision id="A" name="A"/>'), 'a.dmn');
    expect(findings).toMatchObject([
      { code: 'DMN_NO_LOGIC', file: 'a.dmn', line: 2, docs: 'docs/errors.md#dmn_no_logic' },
    ]);
  });

  test.each([
    ['', 'DMN_XML_INVALID null 1'],
    ['<a/>', 'DMN_XML_INVALID null 1'],
    [definitions(''), 'DMN_NO_DECISION null null'],
    [definitions(`${ONE}<decision>`), 'DMN_XML_INVALID D 1'],
    [definitions(`${ONE}loose`), 'DMN_XML_INVALID D 1'],
    [definitions(`${ONE}<x:y/>`), 'DMN_XML_INVALID D 1'],
    [`<!DOCTYPE a>\n${definitions(ONE)}`, 'BPMN_DTD_FORBIDDEN null 1'],
    [new Uint8Array([0xff, 0xfe, 0x3c, 0x00]), 'BPMN_ENCODING_UNSUPPORTED null null'],
    [definitions(ONE.replace('</decision>', '<list/></decision>')), 'DMN_XML_INVALID A 1'],
    [definitions(ONE.replace('id="A"', 'id="constructor"')), 'DMN_ID_INVALID constructor 1'],
    [definitions(ONE.replace('<text>1', `<text>${'1+'.repeat(2_000)}1`)), 'DMN_LIMIT A 1'],
    [definitions('<context>'.repeat(80)), 'DMN_LIMIT null 1'],
  ])('refuses %j', async (xml, expected) => {
    expect(await findingsOf(xml)).toContain(expected);
  });

  test('a rule has what is written beside it, as editors write it, in every version of DMN', async () => {
    const rule = (inside: string): string =>
      `<rule id="R">${inside}<inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>`;
    const table = (inside: string): string =>
      definitions(
        `<decision id="A" name="A"><decisionTable><input><inputExpression><text>x</text></inputExpression></input><output name="y"/>${rule(inside)}</decisionTable></decision>`,
      );
    const besideOf = async (xml: string) => {
      const { decisions, findings } = await parseDmn(xml, 'a.dmn');
      expect(findings).toEqual([]);
      const logic = decisions[0]?.logic;
      return logic?.kind === 'table' ? logic.rules[0]?.annotation : undefined;
    };
    const described = table('<description> Gold &amp; silver </description>');
    expect(await besideOf(described)).toBe('Gold & silver');
    expect(
      await besideOf(
        described.replace(
          'https://www.omg.org/spec/DMN/20191111',
          'http://www.omg.org/spec/DMN/20180521',
        ),
      ),
    ).toBe('Gold & silver');
    // What is no text says nothing, and is no fault.
    expect(await besideOf(table('<description>a <b>c</b></description>'))).toMatch(/^a/);
  });

  test('a rule and a column are named in findings as the table shows them', async () => {
    const column = '<input label="Plan"><inputExpression><text>x</text></inputExpression></input>';
    const cells =
      '<inputEntry><text>1</text></inputEntry><inputEntry><text>1 +</text></inputEntry>';
    const xml = definitions(
      `<decision id="A" name="A"><decisionTable>${column}${column}<output name="y"/><rule id="R1">${cells.replace(' +', '')}<outputEntry><text>1</text></outputEntry></rule><rule id="R2">${cells}<outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>`,
    );
    const { findings } = await parseDmn(xml, 'a.dmn');
    expect(findings[0]?.message).toContain("in rule 2 of 'A', condition 2 “Plan”, but");
  });

  test('what is drawn or documents has no findings', async () => {
    const documented = ONE.replace(
      '<literal',
      '<description>d</description><question>q</question><literal',
    );
    const source = definitions(
      `${documented}<knowledgeSource id="K" name="k"/><textAnnotation id="T"><text>t</text></textAnnotation>`,
    );
    expect(await findingsOf(source)).toEqual([]);
  });
});
