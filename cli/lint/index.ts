/**
 * What is wrong with a package as a whole: everything that a deployment would refuse, and what nobody would notice until it
 * runs. One rule a file. Class: side effect (reads files).
 */
import { basename, join, resolve } from 'node:path';
import { type Finding, finding } from '../../engine/errors/index.js';
import { compilePackage } from '../../registry/index.js';
import { readPackageFolder } from '../../worker/start/package-files.js';
import { untestedDecisions, unusedDecisions } from './decisions.js';
import { untranslatedForms, unusedForms } from './forms.js';
import { unknownGroups } from './groups.js';
import { missingMails, unusedMails, wrongMails } from './mails.js';
import { type LintedPackage, type PackageRule, readPackage } from './package.js';
import { untriedEnds, untriedForms, wrongScenarios } from './scenarios.js';
import { unservedTypes } from './task-types.js';
import { undeclaredVariables, unmatchedOutcomes } from './variables.js';

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
  untriedEnds,
];

/**
 * Judges the package in a folder.
 *
 * @param known - which of the processes that it calls there are elsewhere
 */
export async function lintPackage(
  folder: string,
  known: (processIds: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly Finding[]> {
  const { files } = await readPackageFolder(folder);
  const surroundings = { mode: 'strict', known, isDeployed: false } as const;
  const { findings } = await compilePackage(files, surroundings);
  const found = await readPackage(folder);
  const judged = await Promise.all(RULES.map((rule) => rule(found)));
  return [...findings, ...judged.flat()].map((one) => ({
    ...one,
    file: one.file === null ? folder : join(folder, one.file),
  }));
}

/** `_template` is named as no package is, so that it stays out of deployments. */
function misnamedFolder({ folder, description }: LintedPackage): readonly Finding[] {
  const name = basename(resolve(folder));
  if (description === null || name === description.key || name.startsWith('_')) return [];
  return [
    finding('PACKAGE_NAME_MISMATCH', description.key, { folder: name, key: description.key }),
  ];
}
