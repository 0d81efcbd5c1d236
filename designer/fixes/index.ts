/** Fixes by the code that they mend. Class: pure. */
import type { ErrorCode, Finding } from '../../engine/errors/index.js';
import type { PackageFiles } from '../../registry/index.js';
import { takeResult } from './decision-rows.js';
import { declareVariable } from './declarations.js';
import { copyLanguage, removeFile } from './files.js';
import type { Fix, FixRule } from './fix.js';
import { makeDefault, takeMeant } from './models.js';

export type { Edit, Fix } from './fix.js';

const RULES: Readonly<Partial<Record<ErrorCode, FixRule>>> = {
  BPMN_CONDITION_MISSING: makeDefault,
  PACKAGE_DECISION_DIFFERS: takeResult,
  PACKAGE_FILE_UNUSED: removeFile,
  PACKAGE_GROUP_UNKNOWN: takeMeant,
  PACKAGE_LANGUAGE_MISSING: copyLanguage,
  PACKAGE_TYPE_UNSERVED: takeMeant,
  PACKAGE_VARIABLE_UNDECLARED: declareVariable,
};

/** What would mend a finding. */
export const fixesOf = (found: Finding, files: PackageFiles): readonly Fix[] =>
  RULES[found.code]?.(found, files) ?? [];
