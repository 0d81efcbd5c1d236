/** Variables that a modification creates: locals of what it enters, or in scopes that live (S97). Class: pure. */
import { type Fault, fault } from '../../errors/index.js';
import type { ElementInstance, ModificationTarget, Variables } from '../../model/index.js';
import { checkNames, checkVariables, checkWritten } from '../declarations.js';
import type { Run } from '../run.js';

/** What is written into a scope that lives. */
export interface Written {
  readonly scope: ElementInstance;
  readonly variables: Variables;
}

interface Place {
  /** The live scope in which the token begins. */
  readonly scope: ElementInstance;
  /** Scopes that it enters, the innermost first. */
  readonly missing: readonly string[];
}

/** Sorts the variables of a target by where they go, each checked as any that come from outside. */
export function writtenBy(
  { run, instruction }: { readonly run: Run; readonly instruction: string },
  { elementId, variables }: ModificationTarget,
  { scope, missing }: Place,
):
  | { readonly locals: Readonly<Record<string, Variables>>; readonly outside: readonly Written[] }
  | Fault {
  const locals: Record<string, Variables> = {};
  const outside: Written[] = [];
  const isFlow = run.targetOf(elementId) !== undefined;
  for (const { scopeId, variables: values } of variables) {
    const isLocal =
      scopeId !== null && (missing.includes(scopeId) || (scopeId === elementId && !isFlow));
    const owner = isLocal ? scope : around(run, scope, scopeId);
    if (owner === null) {
      const facts = { instruction, scope: scopeId ?? '', element: elementId };
      return fault('MODIFICATION_VARIABLES_SCOPE', facts);
    }
    const problem = check(run, owner, values, isLocal);
    if (problem !== null) return { ...problem, message: `${instruction}: ${problem.message}` };
    if (isLocal) locals[scopeId] = { ...locals[scopeId], ...values };
    else outside.push({ scope: owner, variables: values });
  }
  return { locals, outside };
}

const check = (
  run: Run,
  owner: ElementInstance,
  values: Variables,
  isLocal: boolean,
): Fault | null =>
  (owner.parentId === null && !isLocal
    ? checkWritten(run, owner, values)
    : checkVariables(run.process, values)) ?? checkNames(run, owner, values);

/** The live scope of this element at or around another; null: there is none. */
const around = (
  run: Run,
  from: ElementInstance,
  scopeId: string | null,
): ElementInstance | null => {
  let at = from;
  for (;;) {
    const isMeant = scopeId === null ? at.parentId === null : at.elementId === scopeId;
    if (isMeant && at.role === 'scope') return at;
    if (at.parentId === null) return null;
    at = run.element(at.parentId);
  }
};
