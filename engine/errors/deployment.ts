import type { ErrorRow } from './kinds.js';

/** Codes of a deployment as a whole: what its files need of each other. */
export const DEPLOYMENT_ERRORS = {
  DEPLOY_DECISION_MISSING: {
    kind: 'finding',
    text: "Expected decision '{decision}' of business rule task '{id}' in the deployment, but there is none; add its DMN file or correct the id.",
  },
  DEPLOY_FORM_MISSING: {
    kind: 'finding',
    text: "Expected form '{form}' of '{id}' in the deployment, but there is none; add the form file or correct the id.",
  },
} as const satisfies Record<string, ErrorRow>;
