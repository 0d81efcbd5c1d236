/**
 * Variables that are written or read and declared nowhere: most are misspelt. Only the process that `process.yaml` describes is
 * judged, and only names that its expressions read for certain. Class: pure.
 */
import { type Finding, finding } from '../../engine/errors/index.js';
import { certainNamesIn } from '../../engine/expressions/index.js';
import { parseForm } from '../../engine/forms/index.js';
import type { Component, ParsedNode, ParsedTrigger } from '../../engine/model/index.js';
import { DESCRIPTION_FILE, meant } from '../../registry/index.js';
import type { LintedPackage, ModelledProcess } from './package.js';
import { scenariosOf } from './scenarios.js';

/** A name, and where it was found. */
interface Mention {
  readonly name: string;
  readonly place: string;
  readonly file: string;
  readonly elementId: string | null;
  readonly line: number | null;
}

/** What the engine brings into the scope of a multi-instance activity. */
const GIVEN = [
  'loopCounter',
  'numberOfInstances',
  'numberOfActiveInstances',
  'numberOfCompletedInstances',
  'numberOfTerminatedInstances',
];

/** Names that `process.yaml` does not declare, and that nothing in the model brings forth. */
export function undeclaredVariables(found: LintedPackage): readonly Finding[] {
  const { description } = found;
  const main = found.processes.find(({ id }) => id === description?.key);
  if (!description || !main) return [];
  const declared = Object.keys({ ...description.variables, ...description.internal });
  const written = writtenIn(main);
  const forms = formsOf(found);
  const known = new Set([
    ...declared,
    ...GIVEN,
    ...written.map(({ name }) => name),
    ...localIn(main),
    ...forms.flatMap(({ all }) => all),
  ]);
  const all: Mention[] = [
    ...written,
    ...readIn(main).filter(({ name }) => !known.has(name)),
    ...scenarioNames(found, known, new Set(Object.keys(description.variables))),
    ...formNames(main, forms, known),
  ].filter(({ name, place }) => place === STARTED || !declared.includes(name));
  return once(all).map(({ name, place, file, elementId, line }) => {
    const facts = { name, place, meant: meant(name, declared) };
    return { ...finding('PACKAGE_VARIABLE_UNDECLARED', elementId, facts), file, line };
  });
}

/** A name is told once a file: what is misspelt is often so in several places. */
function once(all: readonly Mention[]): readonly Mention[] {
  const seen = new Set<string>();
  return all.filter(({ name, file }) => {
    const key = `${file} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

const rootOf = (target: string): string => target.split('.')[0] ?? target;

/** What mappings, scripts and decisions write into the process. */
function writtenIn({ file, nodes }: ModelledProcess): readonly Mention[] {
  return nodes.flatMap(({ id, line, extensions, loop }) => {
    const { outputs, script, calledDecision, properties } = extensions;
    // With outputs of its own, the result of a node stays inside it.
    const results =
      outputs.length > 0
        ? []
        : [
            script?.resultVariable,
            calledDecision?.resultVariable,
            properties['jornada:completedBy'],
          ];
    const collected = loop?.kind === 'multiInstance' ? [loop.outputCollection] : [];
    return [...outputs.map(({ target }) => target), ...results, ...collected]
      .filter((name) => typeof name === 'string' && name !== '')
      .map((name) => ({
        name: rootOf(name as string),
        place: `what '${id}' writes`,
        file,
        elementId: id,
        line,
      }));
  });
}

/** Names that there are inside of nodes. */
function localIn({ nodes }: ModelledProcess): readonly string[] {
  return nodes.flatMap(({ extensions, loop }) => {
    const { inputs, script, calledDecision, properties } = extensions;
    const item = loop?.kind === 'multiInstance' ? loop.inputElement : null;
    const results = [
      script?.resultVariable,
      calledDecision?.resultVariable,
      properties['jornada:completedBy'],
      item,
    ];
    return [...inputs.map(({ target }) => rootOf(target)), ...results.filter((one) => one != null)];
  });
}

/** What expressions of the model read; mappings of results are left out, for what a worker answers is not declared. */
function readIn({ file, content, nodes }: ModelledProcess): readonly Mention[] {
  const flows = [content, ...nodes.flatMap((node) => node.content ?? [])].flatMap(
    (one) => one.flows,
  );
  const conditions = flows.flatMap(({ id, line, condition }) =>
    namesOf(condition, true).map((name) => ({
      name,
      place: `the condition of '${id}'`,
      file,
      elementId: id,
      line,
    })),
  );
  const inNodes = nodes.flatMap((node) =>
    expressionsOf(node)
      .flatMap((text) => namesOf(text, false))
      .map((name) => ({
        name,
        place: `an expression of '${node.id}'`,
        file,
        elementId: node.id,
        line: node.line,
      })),
  );
  return [...conditions, ...inNodes];
}

function expressionsOf({ extensions, loop, triggers }: ParsedNode): readonly (string | null)[] {
  const { inputs, assignment, schedule, priority, script, calledDecision, properties } = extensions;
  const many = loop?.kind === 'multiInstance' ? loop : null;
  return [
    ...inputs.map(({ source }) => source),
    ...Object.values(assignment ?? {}),
    ...Object.values(schedule ?? {}),
    priority,
    properties['jornada:notBy'] ?? null,
    script && `=${script.expression.replace(/^\s*=/, '')}`,
    calledDecision?.decisionId ?? null,
    extensions.correlationKey,
    ...Object.values(extensions.publishMessage ?? {}),
    many?.inputCollection ?? null,
    ...triggers.flatMap(textsOf),
  ];
}

function textsOf(trigger: ParsedTrigger): readonly (string | null)[] {
  if (trigger.kind === 'timer') return trigger.timers.map(({ text }) => text);
  return trigger.kind === 'conditional'
    ? [trigger.condition && `=${trigger.condition.replace(/^\s*=/, '')}`]
    : [];
}

/** Names in a text of FEEL; without its `=` it is one only where it must be. */
function namesOf(text: string | null, isFeel: boolean): readonly string[] {
  if (text === null || !(isFeel || text.trim().startsWith('='))) return [];
  return certainNamesIn(text.replace(/^\s*=/, ''));
}

const STARTED = 'the variables of a start';

/** What scenarios pass and expect. */
function scenarioNames(
  found: LintedPackage,
  known: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): readonly Mention[] {
  const about = scenariosOf(found).filter(
    ({ scenario: { process, id } }) => id === undefined && /(^|\/)process\.bpmn$/.test(process),
  );
  return about.flatMap(({ file, scenario }) => {
    const mention = (place: string, names: readonly string[], of: ReadonlySet<string>) =>
      names
        .filter((name) => !of.has(name))
        .map((name) => ({ name, place, file, elementId: null, line: null }));
    const ended = Object.keys(scenario.expect.variables ?? {});
    return [
      ...scenario.steps.flatMap(({ start, complete, set, expect }) => [
        ...mention(STARTED, Object.keys(start?.variables ?? {}), taken),
        ...mention('the variables of a completion', Object.keys(complete?.variables ?? {}), known),
        ...mention('variables that are set', Object.keys(set?.variables ?? {}), known),
        ...mention('variables that are expected', Object.keys(expect?.variables ?? {}), known),
      ]),
      ...mention('variables that are expected', ended, known),
    ];
  });
}

/** A form, the names at its top, and those of all its fields: inside of lists they are names of their own. */
interface FormNames {
  readonly id: string;
  readonly file: string;
  readonly sent: readonly string[];
  readonly all: readonly string[];
  readonly read: readonly string[];
}

/** A form with faults of its own is told by the parser. */
function formsOf({ files }: LintedPackage): readonly FormNames[] {
  return Object.entries(files).flatMap(([file, text]) => {
    const form = file.endsWith('.form') ? parseForm(text, file).form : null;
    if (form === null) return [];
    const { id, components } = form;
    const read = feelIn(JSON.parse(text)).flatMap((feel) => namesOf(feel, true));
    return [{ id, file, sent: topOf(components), all: deepOf(components), read }];
  });
}

/** A group without a path lies flat in the level around it. */
const topOf = (components: readonly Component[]): readonly string[] =>
  components.flatMap((one) => {
    if (one.path.length > 0) return one.path.slice(0, 1);
    return 'children' in one ? topOf(one.children) : [];
  });

const deepOf = (components: readonly Component[]): readonly string[] =>
  components.flatMap((one) => [
    ...one.path.slice(0, 1),
    ...('children' in one ? deepOf(one.children) : []),
  ]);

/** Texts of FEEL in a form, wherever they stand. */
function feelIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim().startsWith('=') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(feelIn) : [];
}

/** What the forms of a process read, and send as it is because their task maps nothing. */
function formNames(
  { nodes }: ModelledProcess,
  forms: readonly FormNames[],
  known: ReadonlySet<string>,
): readonly Mention[] {
  return nodes.flatMap(({ id, tag, extensions: { form: shown, inputs, outputs } }) => {
    const form = forms.find((one) => one.id === shown?.formId);
    if (tag !== 'userTask' || form === undefined) return [];
    const given = new Set(inputs.map(({ target }) => rootOf(target)));
    const sent = outputs.length > 0 ? [] : form.sent.filter((name) => !given.has(name));
    const mention = (place: string) => (name: string) => {
      return { name, place, file: form.file, elementId: null, line: null };
    };
    return [
      ...sent.map(mention(`a field that '${id}' sends`)),
      ...form.read.filter((name) => !known.has(name)).map(mention('an expression of the form')),
    ];
  });
}

/** The variable `outcome` at end events and `outcomes` of `process.yaml` are the same, both ways. */
export function unmatchedOutcomes(found: LintedPackage): readonly Finding[] {
  const { description } = found;
  const main = found.processes.find(({ id }) => id === description?.key);
  if (!description || !main) return [];
  const written = main.nodes.flatMap(({ id, line, extensions }) =>
    extensions.outputs
      .filter(({ target }) => target === 'outcome')
      .map(({ source }) => ({ id, line, value: /^=\s*"([^"]*)"\s*$/.exec(source)?.[1] ?? null })),
  );
  const outcomes = Object.keys(description.outcomes);
  // One that is computed may be any of them.
  const isComputed = written.some(({ value }) => value === null);
  const values = written.map(({ value }) => value);
  const unwritten = isComputed ? [] : outcomes.filter((one) => !values.includes(one));
  return [
    ...written.flatMap(({ id, line, value }) => {
      if (value === null || outcomes.includes(value)) return [];
      const detail = `'${id}' writes '${value}'${meant(value, outcomes)}, which is none of them`;
      const told = finding('PACKAGE_OUTCOME_UNMATCHED', id, { detail });
      return [{ ...told, file: main.file, line }];
    }),
    ...unwritten.map((one) => ({
      ...finding('PACKAGE_OUTCOME_UNMATCHED', null, { detail: `nothing writes '${one}'` }),
      file: DESCRIPTION_FILE,
    })),
  ];
}
