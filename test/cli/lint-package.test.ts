/** What `lint` says of a package as a whole: the template, with one thing wrong at a time. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lintFolder } from '../../cli/lint-folder.js';

let root = '';
let folder = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'jornada-lint-'));
  folder = join(root, 'template');
});
afterAll(() => rmSync(root, { recursive: true }));

const lint = async (place: string) => lintFolder(place, async () => []);
const fresh = (): void => {
  rmSync(folder, { recursive: true, force: true });
  cpSync('definitions/_template', folder, { recursive: true });
};
const change = (file: string, from: string | RegExp, to: string): void => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replaceAll(new RegExp(from, 'g'), to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, changed);
};
const remove = (file: string): void => rmSync(join(folder, file));

type Told = readonly [code: string, severity: 'error' | 'warning', file: string, says: string];

const wrong: readonly [what: string, spoil: () => void, ...told: Told[]][] = [
  [
    'a task type that nothing serves',
    () => change('process.bpmn', 'type="notify"', 'type="notfy"'),
    ['PACKAGE_TYPE_UNSERVED', 'warning', 'process.bpmn', "(did you mean 'notify'?)"],
    // Its scenario answers the right type.
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'done'"],
  ],
  [
    'a lane that is no role, for it is the group of its tasks',
    () => change('process.bpmn', 'id="lane-csm" name="csm"', 'id="lane-csm" name="csn"'),
    ['PACKAGE_GROUP_UNKNOWN', 'warning', 'process.bpmn', "(did you mean 'csm'?)"],
  ],
  [
    'a candidate group that is no role',
    () =>
      change(
        'process.bpmn',
        '<zeebe:userTask />',
        '<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="csm, boss" />',
      ),
    ['PACKAGE_GROUP_UNKNOWN', 'warning', 'process.bpmn', "'boss'"],
  ],
  [
    'a mail without a template',
    () => change('process.bpmn', 'value="answer"', 'value="anser"'),
    ['PACKAGE_MAIL_MISSING', 'error', 'process.bpmn', "there is no 'mail/anser.en.liquid'"],
    ['PACKAGE_FILE_UNUSED', 'warning', 'mail/answer.en.liquid', 'every mail'],
    ['PACKAGE_FILE_UNUSED', 'warning', 'mail/answer.pt-BR.liquid', 'every mail'],
  ],
  [
    'a mail in one language',
    () => remove('mail/answer.pt-BR.liquid'),
    ['PACKAGE_LANGUAGE_MISSING', 'warning', 'process.bpmn', "'mail/answer.pt-BR.liquid'"],
  ],
  [
    'a mail that asks for what its sample lacks',
    () => change('mail/answer.en.liquid', /\{\{ ?name ?\}\}/, '{{ nmae }}'),
    ['PACKAGE_MAIL_INVALID', 'error', 'mail/answer.en.liquid', 'nmae'],
  ],
  [
    'a mail that is not described',
    () => change('process.yaml', /mails:[\s\S]*?(?=retention)/, ''),
    ['PACKAGE_MAIL_UNDESCRIBED', 'warning', 'process.yaml', "'answer'"],
  ],
  [
    'a form that no task shows',
    () => {
      cpSync(join(folder, 'forms/ask.form'), join(folder, 'forms/other.form'));
      change('forms/other.form', '"id": "ask"', '"id": "other"');
    },
    ['PACKAGE_FILE_UNUSED', 'warning', 'forms/other.form', "'forms/other.form'"],
  ],
  [
    'a form in one language',
    () => change('forms/decide.form', '"label:pt-BR"', '"label:pt"'),
    ['PACKAGE_LANGUAGE_MISSING', 'warning', 'forms/decide.form', 'pt-BR lacks'],
  ],
  [
    'a decision without rows',
    () => remove('decisions/settings.dmn.test.csv'),
    ['PACKAGE_DECISION_UNTRIED', 'warning', 'decisions/settings.dmn', 'settings.dmn.test.csv'],
  ],
  [
    'a row that the table does not fulfil',
    () => writeFileSync(join(folder, 'decisions/settings.dmn.test.csv'), '=> remind\n"nothing"\n'),
    ['PACKAGE_DECISION_DIFFERS', 'error', 'decisions/settings.dmn.test.csv', 'nothing'],
  ],
  [
    'a start with a misspelt variable',
    () => change('scenarios/template.yaml', 'question: Why', 'qestion: Why'),
    ['PACKAGE_VARIABLE_UNDECLARED', 'warning', 'scenarios/template.yaml', "'question'"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'done'"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'refused'"],
  ],
  [
    'a condition with a misspelt variable',
    () => change('process.bpmn', '>=verdict =', '>=verdit ='),
    ['PACKAGE_VARIABLE_UNDECLARED', 'warning', 'process.bpmn', "(did you mean 'verdict'?)"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'done'"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'refused'"],
  ],
  [
    'a field of a form that is misspelt',
    () => {
      change('process.bpmn', /<zeebe:output source="=decision" target="verdict" \/>/, '');
      change('forms/decide.form', '"key": "decision"', '"key": "verdct"');
      change('scenarios/template.yaml', '{ decision:', '{ verdct:');
    },
    ['PACKAGE_VARIABLE_UNDECLARED', 'warning', 'forms/decide.form', "(did you mean 'verdict'?)"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'done'"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'refused'"],
  ],
  [
    'an outcome that is not declared',
    () => change('process.yaml', '  refused:', '  rejected:'),
    ['PACKAGE_OUTCOME_UNMATCHED', 'warning', 'process.bpmn', "'refused'"],
    ['PACKAGE_OUTCOME_UNMATCHED', 'warning', 'process.yaml', "'rejected'"],
  ],
  [
    'an end event that no scenario reaches',
    () => change('scenarios/template.yaml', /\n- name: a no[\s\S]*/, ''),
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', "'refused'"],
  ],
  [
    'no scenarios',
    () => remove('scenarios/template.yaml'),
    ['PACKAGE_FORM_UNTRIED', 'warning', 'process.bpmn', "'decide'"],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', ''],
    ['PACKAGE_END_UNTRIED', 'warning', 'process.bpmn', ''],
  ],
  [
    'a scenario with a misspelt key',
    () => change('scenarios/template.yaml', '  steps:', '  step:'),
    ['SCENARIO_INVALID', 'error', 'scenarios/template.yaml', "(did you mean 'steps'?)"],
    ['SCENARIO_INVALID', 'error', 'scenarios/template.yaml', "(did you mean 'steps'?)"],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', "'scenarios/template.yaml' is wrong"],
  ],
  [
    'scenarios that are no YAML',
    () => writeFileSync(join(folder, 'scenarios/template.yaml'), 'name: ['),
    ['SCENARIO_INVALID', 'error', 'scenarios/template.yaml', 'line 1'],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', "'scenarios/template.yaml' is wrong"],
  ],
  [
    'a model that is no XML, and not of what it would have named',
    () => change('process.bpmn', '<bpmn:process ', '<<bpmn:process '),
    ['BPMN_XML_INVALID', 'error', 'process.bpmn', 'line'],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', '(BPMN_XML_INVALID)'],
  ],
  [
    'a form that is no JSON, and not that it is missing',
    () => writeFileSync(join(folder, 'forms/decide.form'), '{{'),
    ['FORM_INVALID', 'error', 'forms/decide.form', 'it is no JSON'],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', '(FORM_INVALID)'],
  ],
  [
    'a decision that is no XML, and not that it is missing',
    () => writeFileSync(join(folder, 'decisions/settings.dmn'), '<<'),
    ['DMN_XML_INVALID', 'error', 'decisions/settings.dmn', ''],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', '(DMN_XML_INVALID)'],
  ],
  [
    'a cell of a decision that is no FEEL, and not that its rows differ',
    () => change('decisions/settings.dmn', '<text>"P2D', '<text>("P2D'),
    ['DMN_EXPRESSION_INVALID', 'error', 'decisions/settings.dmn', 'FEEL_SYNTAX: Expected'],
    ['PACKAGE_SCENARIOS_UNRUN', 'warning', '', '(DMN_EXPRESSION_INVALID)'],
  ],
  ...['process.yml', 'Process.YAML'].map((name): (typeof wrong)[number] => [
    `a description that is named ${name}`,
    () => renameSync(join(folder, 'process.yaml'), join(folder, name)),
    ['DEPLOY_DESCRIPTION_MISNAMED', 'error', name, 'rename the file'],
  ]),
  [
    'another key than the process has',
    () => change('process.yaml', 'key: template', 'key: templat'),
    ['DEPLOY_PROCESS_UNDESCRIBED', 'error', 'process.yaml', "'templat'"],
    ['PACKAGE_NAME_MISMATCH', 'warning', '', "'template'"],
  ],
];

describe('a package', { timeout: 60_000 }, () => {
  test('is sound as the template is', async () => {
    fresh();
    expect(await lint(folder)).toEqual([]);
  });

  test.each(wrong)('is told of %s', async (_what, spoil, ...told) => {
    fresh();
    spoil();
    const findings = await lint(folder);
    const short = findings.map(({ code, severity, file }) => [code, severity, file]);
    expect(short).toEqual(
      told.map(([code, severity, file]) => [code, severity, file ? join(folder, file) : folder]),
    );
    for (const [index, [, , , says]] of told.entries()) {
      expect(findings[index]?.message).toContain(says);
    }
  });

  test.each(['', 'forms'])('is judged alike from inside it, in /%s', async (inside) => {
    fresh();
    change('process.bpmn', 'type="notify"', 'type="notfy"');
    const before = process.cwd();
    const away = await lint(folder);
    process.chdir(join(folder, inside));
    try {
      const here = await lint(relative('', folder) || '.');
      const absolute = here.map((one) => ({ ...one, file: join(folder, inside, one.file ?? '') }));
      expect(absolute).toEqual(away);
    } finally {
      process.chdir(before);
    }
  });

  test('is told that its folder has another name than its process', async () => {
    fresh();
    const other = join(root, 'other');
    renameSync(folder, other);
    const findings = await lint(other);
    expect(findings).toMatchObject([{ code: 'PACKAGE_NAME_MISMATCH', severity: 'warning' }]);
    for (const name of ["'other'", "'template'", "give 'key' of process.yaml"])
      expect(findings[0]?.message).toContain(name);
  });
});
