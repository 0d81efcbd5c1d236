/**
 * What is wrong with a package as a whole: everything that a deployment would refuse, and what nobody would notice until it
 * runs. One rule a file. Class: pure but for what it is told of the surroundings.
 */
import { type Finding, finding } from '../../engine/errors/index.js';
import { compilePackage, partsOf } from '../../registry/index.js';
import { untestedDecisions, unusedDecisions } from './decisions.js';
import { untranslatedForms, unusedForms } from './forms.js';
import { unknownGroups } from './groups.js';
import { missingMails, unusedMails, wrongMails } from './mails.js';
import { type LintedPackage, type PackageRule, type RunScenario, readPackage } from './package.js';
import { untriedEnds, untriedForms, wrongScenarios } from './scenarios.js';
import { unservedTypes } from './task-types.js';
import { undeclaredVariables, unmatchedOutcomes } from './variables.js';

export { isLinted, type RunScenario } from './package.js';

const RULES: readonly PackageRule[] = [
  misnamedFolder,
  unservedTypes,
  unknownGroups,
  missingMails,
  wrongMails,
  unusedMails,
  unusedForms,
  untranslatedForms,
  unusedDecisions,
  untestedDecisions,
  undeclaredVariables,
  unmatchedOutcomes,
  wrongScenarios,
  untriedForms,
];

/** Rules that run the scenarios. */
const RUNS: readonly PackageRule[] = [untriedEnds];

/** What a package is judged in. */
export interface Judging {
  /** Which of the processes that it calls there are elsewhere. */
  readonly known: (processIds: readonly string[]) => Promise<readonly string[]>;
  /** Null: its scenarios are not run, which takes the longest. */
  readonly run: RunScenario | null;
}

/** Judges a package. @param files - path inside the package, with `/`, → text; findings name files by it */
export async function lintPackage(
  key: string,
  files: Readonly<Record<string, string>>,
  { known, run }: Judging,
): Promise<readonly Finding[]> {
  const surroundings = { mode: 'strict', known, isDeployed: false } as const;
  const { findings } = await compilePackage(partsOf(files).deployed, surroundings);
  const found = await readPackage(key, files, run ?? (async () => null));
  const rules = run === null ? RULES : [...RULES, ...RUNS];
  const judged = await Promise.all(rules.map((rule) => rule(found)));
  return [...findings, ...judged.flat()];
}

/** `_template` is named as no package is, so that it stays out of deployments. */
function misnamedFolder({ key, description }: LintedPackage): readonly Finding[] {
  if (description === null || key === description.key || key.startsWith('_')) return [];
  return [finding('PACKAGE_NAME_MISMATCH', description.key, { folder: key, key: description.key })];
}
