/** What a process may refer to beside its own file: decisions, forms, declared variables. */
import { type Finding, finding } from '../errors/index.js';
import {
  type Calendars,
  type DecisionPlan,
  type Form,
  own,
  type ParsedNode,
  type ParsedProcess,
  type ParsedScope,
  type Promises,
  type RunsUnder,
  type VariableDeclaration,
} from '../model/index.js';

/** The resources of one deployment. */
export interface Resources {
  readonly decisions: Readonly<Record<string, DecisionPlan>>;
  /** By id. */
  readonly forms: Readonly<Record<string, Form>>;
  /** Ids of all forms that there are, sound or not; null when some may be elsewhere, and none is missed. */
  readonly formIds: ReadonlySet<string> | null;
  /** Declared variables by process id. */
  readonly declarations: Readonly<Record<string, readonly VariableDeclaration[]>>;
  /** Business calendars by name, by process id. */
  readonly calendars: Readonly<Record<string, Readonly<Record<string, Calendars>>>>;
  /** Whose key instances run under, by process id. */
  readonly runsUnder: Readonly<Record<string, RunsUnder>>;
  /** What is promised, by process id. */
  readonly promises: Readonly<Record<string, Promises>>;
}

/** No resources, and none judged. */
export const NO_RESOURCES: Resources = {
  decisions: {},
  forms: {},
  formIds: null,
  declarations: {},
  calendars: {},
  runsUnder: {},
  promises: {},
};

/** All nodes of a level and the levels inside, in document order. */
export function allNodes({ nodes }: ParsedScope): readonly ParsedNode[] {
  return nodes.flatMap((node) => [node, ...(node.content === null ? [] : allNodes(node.content))]);
}

/** The decisions with these ids and all that they require. */
export function withRequired(
  decisions: Resources['decisions'],
  ids: readonly string[],
): Record<string, DecisionPlan> {
  const found: Record<string, DecisionPlan> = {};
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const decision = Object.hasOwn(decisions, id) ? decisions[id] : undefined;
    if (decision === undefined || Object.hasOwn(found, id)) continue;
    found[id] = decision;
    open.push(...decision.requires);
  }
  return found;
}

/** The forms with these ids. */
export function formsOf(forms: Resources['forms'], ids: readonly string[]): Record<string, Form> {
  return Object.fromEntries(
    ids.flatMap((id): readonly (readonly [string, Form])[] => {
      const form = own(forms, id);
      return form === undefined ? [] : [[id, form]];
    }),
  );
}

/** Decisions and forms that a process names and that are not there. */
export function checkResources(
  process: ParsedProcess,
  { decisions, formIds }: Resources,
): readonly Finding[] {
  return allNodes(process.content).flatMap(({ id, line, extensions }) => {
    const findings: Finding[] = [];
    const decisionId = extensions.calledDecision?.decisionId;
    if (decisionId !== undefined && !Object.hasOwn(decisions, decisionId)) {
      if (!decisionId.trim().startsWith('=')) {
        findings.push(finding('DEPLOY_DECISION_MISSING', id, { id, decision: decisionId }));
      }
    }
    const formId = extensions.form?.formId;
    if (formIds !== null && formId !== undefined && formId !== null && !formIds.has(formId)) {
      findings.push(finding('DEPLOY_FORM_MISSING', id, { id, form: formId }));
    }
    return findings.map((found) => ({ ...found, line }));
  });
}
