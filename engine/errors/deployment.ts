import type { ErrorRow } from './kinds.js';

/** Codes of a deployment as a whole: what its files need of each other. */
export const DEPLOYMENT_ERRORS = {
  DEPLOY_DECISION_MISSING: {
    kind: 'finding',
    text: "Expected decision '{decision}' of business rule task '{id}' in the deployment, but there is none; add its DMN file or correct the id.",
  },
  DEPLOY_DESCRIPTION_MISNAMED: {
    kind: 'finding',
    text: "Expected the description of a package to be named '{expected}', but it is '{path}'; rename the file, else nothing that it declares would hold.",
  },
  DEPLOY_FORM_MISSING: {
    kind: 'finding',
    text: "Expected form '{form}' of '{id}' in the deployment, but there is none; add the form file or correct the id.",
  },
  DEPLOY_PACKAGE_INVALID: {
    kind: 'finding',
    text: "Expected '{key}' of '{path}' to be {expected}, but {detail}; correct it as docs/process-yaml.md shows.",
  },
  DEPLOY_CALENDAR_CLOSED: {
    kind: 'finding',
    text: "Expected calendar '{name}' of '{path}' to be open at some time, but for {days} days nothing is; give one of its days a window.",
  },
  DEPLOY_PACKAGE_REFERENCE: {
    kind: 'finding',
    text: "Expected '{key}' of '{path}' to name {what}, but there is no '{name}'; correct it, or add what it names.",
  },
  DEPLOY_PROCESS_UNDESCRIBED: {
    kind: 'finding',
    text: "Expected an executable process '{key}' as '{path}' says, but the package has {processes}; give 'key' and the process the same id, else nothing that the file declares would hold.",
  },
} as const satisfies Record<string, ErrorRow>;
