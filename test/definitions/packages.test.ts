import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Liquid } from 'liquidjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderMail } from '../../activities/mail/template.js';
import { SIDE_EFFECT_TYPES } from '../../activities/side-effects.js';
import { main } from '../../cli/main.js';
import { PACKAGE, type PackageDescription } from '../../contracts/package.js';
import { allNodes } from '../../engine/compile/index.js';
import { runDecisionTests } from '../../engine/decisions/index.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { missingTexts, parseForm } from '../../engine/forms/index.js';
import type { ParsedNode } from '../../engine/model/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { readScenarios, type Scenario } from '../../engine/play/scenario/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { compilePackage } from '../../registry/index.js';

const ROOT = 'definitions';
const PACKAGES = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'process.yaml')))
  .map(({ name }) => name);

/** All that the tests look at, read once. */
interface Found {
  readonly files: Readonly<Record<string, string>>;
  readonly description: PackageDescription;
  /** Nodes of all models of the package, and of the main one alone. */
  readonly nodes: readonly ParsedNode[];
  readonly main: readonly ParsedNode[];
  readonly processIds: readonly string[];
  readonly scenarios: readonly Scenario[];
}

const readPackage = async (name: string): Promise<Found> => {
  const folder = join(ROOT, name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = Object.fromEntries(
    paths
      .filter((path) => /\.\w+$/.test(path))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
  const models = Object.keys(files).filter((path) => path.endsWith('.bpmn'));
  const parsed = await Promise.all(models.map((path) => parseBpmn(files[path] ?? '', path)));
  const processes = parsed.flatMap(({ definitions }) => definitions?.processes ?? []);
  const description = PACKAGE.parse(parse(files['process.yaml'] ?? ''));
  const scenarios = Object.keys(files)
    .filter((path) => path.startsWith('scenarios/'))
    .flatMap((path) => {
      const read = readScenarios(files[path] ?? '', path);
      if (!('scenarios' in read)) throw new Error(`${path}: ${JSON.stringify(read)}`);
      return read.scenarios;
    });
  return {
    files,
    description,
    nodes: processes.flatMap(({ content }) => allNodes(content)),
    main: processes
      .filter(({ id }) => id === description.key)
      .flatMap(({ content }) => allNodes(content)),
    processIds: processes.map(({ id }) => id),
    scenarios,
  };
};

const under = ({ files }: Found, folder: string, ending: string): readonly string[] =>
  Object.keys(files)
    .filter((path) => path.startsWith(`${folder}/`) && path.endsWith(ending))
    .map((path) => path.slice(folder.length + 1, -ending.length))
    .sort();

const distinct = (all: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(all.filter((one) => typeof one === 'string'))].sort();

const silent = () => {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: false }), text: () => text };
};

describe.each(PACKAGES)('package %s', (name) => {
  let found: Found;
  beforeAll(async () => {
    found = await readPackage(name);
  });

  test('is described: key, owner and roles, and what it leaves behind', () => {
    const { description, main, processIds } = found;
    const { key, owner, roles, output, variables, internal } = description;
    expect(key).toBe(name.replace(/^_/, ''));
    expect(processIds).toContain(key);
    expect(Object.keys(roles)).toContain(owner);
    const known = Object.keys({ ...variables, ...internal });
    expect(output.filter((one) => !known.includes(one))).toEqual([]);
    const elements = main.map(({ id }) => id);
    const measured = [
      ...description.sla.map(({ element }) => element),
      ...Object.values(description.kpis).flatMap(({ from, to, count }) => [from, to, count]),
    ];
    expect(distinct(measured).filter((id) => !elements.includes(id))).toEqual([]);
    const calendars = description.sla.map(({ calendar }) => calendar);
    expect(distinct(calendars).filter((id) => !Object.hasOwn(description.calendars, id))).toEqual(
      [],
    );
  });

  test('lints and compiles without a finding', async () => {
    const { files, processIds } = found;
    expect((await compilePackage(files)).findings).toEqual([]);
    for (const [path, text] of Object.entries(files)) {
      if (!path.endsWith('.bpmn')) continue;
      const { definitions } = await parseBpmn(text, path);
      if (definitions === null) throw new Error(path);
      const options = { mode: 'strict', deployed: processIds } as const;
      expect(validateDefinitions(definitions, options)).toEqual([]);
    }
  });

  test('opens in a modeler: everything has a shape or an edge, and a platform', () => {
    for (const [path, text] of Object.entries(found.files)) {
      if (!path.endsWith('.bpmn')) continue;
      expect(text).toContain('modeler:executionPlatform="Camunda Cloud"');
      const drawn = [...text.matchAll(/bpmnElement="([^"]+)"/g)].map(([, id]) => id);
      const ids = [
        ...text.matchAll(
          /<bpmn:(?:\w+(?:Event|Gateway|[tT]ask|Process|Activity|Flow)|lane|participant) id="([^"]+)"/g,
        ),
      ];
      expect(ids.length).toBeGreaterThan(3);
      expect(ids.map(([, id]) => id).filter((id) => !drawn.includes(id))).toEqual([]);
      expect(new Set(drawn).size).toBe(drawn.length);
    }
  });

  test('lets every service task be served', () => {
    const types = distinct(found.nodes.map(({ extensions }) => extensions.taskDefinition?.type));
    expect(types.filter((type) => !SIDE_EFFECT_TYPES.includes(type))).toEqual([]);
  });

  test('uses every form that it has, in both languages', () => {
    const forms = distinct(found.nodes.map(({ extensions }) => extensions.form?.formId));
    expect(under(found, 'forms', '.form')).toEqual(forms);
    for (const id of forms) {
      const path = `forms/${id}.form`;
      const text = found.files[path] ?? '';
      expect(parseForm(text, path).findings).toEqual([]);
      expect([path, missingTexts(JSON.parse(text), 'pt-BR')]).toEqual([path, []]);
    }
  });

  test('uses every mail that it has, in both languages with the same variables', () => {
    const used = distinct(found.nodes.map(({ extensions }) => extensions.headers['jornada:mail']));
    const expected = used.flatMap((mail) => [`${mail}.en`, `${mail}.pt-BR`]).sort();
    expect(under(found, 'mail', '.liquid')).toEqual(expected);
    const { mails } = found.description;
    expect(Object.keys(mails).sort()).toEqual(used);
    const liquid = new Liquid();
    for (const mail of used) {
      const sample = mails[mail]?.sample ?? {};
      const variables = ['en', 'pt-BR'].map((locale) => {
        const { subject, locale: shown } = renderMail(found.files, mail, locale, sample);
        expect([shown, subject.length <= 78]).toEqual([locale, true]);
        const text = found.files[`mail/${mail}.${locale}.liquid`] ?? '';
        return [...liquid.globalVariablesSync(liquid.parse(text))].sort();
      });
      expect([mail, variables[1]]).toEqual([mail, variables[0]]);
    }
  });

  test('uses every decision that it has, and each holds what its rows say', async () => {
    const used = distinct(
      found.nodes.map(({ extensions }) => extensions.calledDecision?.decisionId),
    );
    expect(under(found, 'decisions', '.dmn')).toEqual(used);
    for (const id of used) {
      const { decisions } = await parseDmn(found.files[`decisions/${id}.dmn`] ?? '', id);
      const plans = Object.fromEntries(decisions.map((decision) => [decision.id, decision]));
      const csv = found.files[`decisions/${id}.dmn.test.csv`];
      if (csv === undefined) throw new Error(`${id} has no rows`);
      const report = runDecisionTests(plans, id, csv);
      expect(report).toMatchObject({ mismatches: [], findings: [] });
      expect(report.rows).toBeGreaterThan(0);
    }
  });

  test('declares what its scenarios pass, and has an end event for each outcome', () => {
    const { variables, internal, outcomes } = found.description;
    for (const { steps } of found.scenarios) {
      for (const { start } of steps) {
        const names = Object.keys(start?.variables ?? {});
        expect(names.filter((one) => !Object.hasOwn(variables, one))).toEqual([]);
      }
    }
    const written = found.main.flatMap(({ extensions }) =>
      extensions.outputs.map(({ target }) => target),
    );
    const known = Object.keys({ ...variables, ...internal });
    expect(distinct(written).filter((one) => !known.includes(one))).toEqual([]);
    const ends = found.main
      .flatMap(({ tag, extensions }) => (tag === 'endEvent' ? extensions.outputs : []))
      .filter(({ target }) => target === 'outcome')
      .map(({ source }) => source.replace(/^="|"$/g, ''));
    expect([...ends].sort()).toEqual(Object.keys(outcomes).sort());
  });

  test('has scenarios that answer each of its forms', () => {
    const answered = found.scenarios.flatMap(({ steps }) =>
      steps.flatMap(({ complete }) => complete?.task ?? []),
    );
    const tasks = found.nodes
      .filter(({ tag }) => tag === 'userTask')
      .map(({ extensions }) => extensions.form?.formId);
    const formsAnswered = distinct(
      answered.map((task) => found.nodes.find(({ id }) => id === task)?.extensions.form?.formId),
    );
    expect(formsAnswered).toEqual(distinct(tasks));
  });

  test('has scenarios that hold, and reach every end event of every level', {
    timeout: 120_000,
  }, async () => {
    const files = under(found, 'scenarios', '.yaml').map((file) =>
      join(ROOT, name, 'scenarios', `${file}.yaml`),
    );
    const [stdout, stderr] = [silent(), silent()];
    const around = { stdout: stdout.stream, stderr: stderr.stream, environment: {} };
    const code = await main(['scenario', 'run', '--json', '--trace', '--quiet', ...files], around);
    const reports = stdout
      .text()
      .trim()
      .split('\n')
      .map((line): Report => JSON.parse(line));
    expect(reports.filter(({ ok }) => !ok)).toEqual([]);
    expect(code).toBe(0);
    const completed = new Set(
      reports.flatMap(({ trace }) =>
        trace.filter(({ kind }) => kind === 'elementEntered').map(({ elementId }) => elementId),
      ),
    );
    const ends = found.nodes.filter(({ tag }) => tag === 'endEvent').map(({ id }) => id);
    const missed = ends.filter((id) => !completed.has(id));
    expect(missed).toEqual([]);
  });
});

interface Report {
  readonly ok: boolean;
  readonly trace: readonly { readonly kind: string; readonly elementId: string }[];
}
