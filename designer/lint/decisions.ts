/** Decisions: each is used, and gives what its test rows say. Class: pure. */
import { runDecisionTests } from '../../engine/decisions/index.js';
import { parseDmn } from '../../engine/decisions/parse/index.js';
import { type Finding, finding } from '../../engine/errors/index.js';
import type { DecisionPlan } from '../../engine/model/index.js';
import { isError } from '../deployment.js';
import type { LintedPackage } from './package.js';

async function readDecisions({ files }: LintedPackage) {
  const paths = Object.keys(files).filter((path) => path.endsWith('.dmn'));
  return Promise.all(
    paths.map(async (path) => ({ path, ...(await parseDmn(files[path] ?? '', path)) })),
  );
}

const called = ({ processes }: LintedPackage): readonly string[] =>
  processes.flatMap(({ nodes }) =>
    nodes.flatMap(({ extensions }) => extensions.calledDecision?.decisionId ?? []),
  );

/** Files whose decisions no task calls, and none that is called requires. */
export async function unusedDecisions(found: LintedPackage): Promise<readonly Finding[]> {
  const ids = called(found);
  if (!found.isWhole || ids.some((id) => id.startsWith('='))) return [];
  const read = await readDecisions(found);
  const plans = new Map(read.flatMap(({ decisions }) => decisions.map((one) => [one.id, one])));
  const used = new Set(ids);
  // What is added on the way is gone through as well.
  for (const id of used) for (const required of plans.get(id)?.requires ?? []) used.add(required);
  return read
    .filter(({ decisions }) => decisions.length > 0 && !decisions.some(({ id }) => used.has(id)))
    .map(({ path }) => {
      const facts = { what: 'decision', path, remedy: 'in a business rule task' };
      return { ...finding('PACKAGE_FILE_UNUSED', null, facts), file: path };
    });
}

/**
 * Runs the rows of `<file>.dmn.test.csv`: they try the decision that is named as the file, else the first that is called.
 * Where a decision is refused no row is run, for each would differ by that alone.
 */
export async function untestedDecisions(found: LintedPackage): Promise<readonly Finding[]> {
  const read = await readDecisions(found);
  const isSound = read.every(({ findings }) => !findings.some(isError));
  const plans = Object.fromEntries(
    read.flatMap(({ decisions }) => decisions.map((one) => [one.id, one])),
  );
  return read.flatMap(({ path, decisions }) => {
    const id = triedIn(path, decisions, called(found));
    if (id === null) return [];
    const csv = `${path}.test.csv`;
    const text = found.files[csv];
    if (text === undefined) {
      return [{ ...finding('PACKAGE_DECISION_UNTRIED', id, { id, path: csv }), file: path }];
    }
    if (!isSound) return [];
    const { mismatches, findings } = runDecisionTests(plans, id, text);
    const failed = mismatches.map(({ line, output, expected, actual, rules, message }) => {
      const detail = message === null ? actual : `${actual}: ${message}`;
      const by = named(rules);
      const facts = { id, output: output || 'the result', expected, by, detail };
      return { ...finding('PACKAGE_DECISION_DIFFERS', id, facts), line };
    });
    return [...findings, ...failed].map((one) => ({ ...one, file: csv }));
  });
}

/** The rules by their rows; `it` where there are none, or more than help to find the one. */
function named(rules: readonly number[]): string {
  if (rules.length === 1) return `rule ${rules[0]}`;
  return rules.length === 0 || rules.length > 3 ? 'it' : `all of the rules ${rules.join(', ')}`;
}

function triedIn(
  path: string,
  decisions: readonly DecisionPlan[],
  ids: readonly string[],
): string | null {
  const name = path.replace(/^.*\//, '').replace(/\.dmn$/, '');
  const own = decisions.map(({ id }) => id);
  return own.find((id) => id === name) ?? own.find((id) => ids.includes(id)) ?? own.at(-1) ?? null;
}
