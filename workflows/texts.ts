/** Texts of the codes that workflows show. The whole catalogue would be most of the bundle. Class: pure. */
import { ApplicationFailure } from '@temporalio/workflow';
import { WORKER_ERRORS } from '../engine/errors/worker.js';

type Code = keyof typeof WORKER_ERRORS;
type Facts = Readonly<Record<string, string | number>>;

/** The text of a code with its facts filled in. */
export function explain(code: Code, facts: Facts = {}): string {
  return WORKER_ERRORS[code].text.replace(/\{(\w+)\}/g, (_slot, name: string) =>
    String(facts[name]),
  );
}

/** Refuses an Update for good. @throws ApplicationFailure always */
export function refuse(code: Code, facts: Facts): never {
  throw ApplicationFailure.nonRetryable(explain(code, facts), code);
}
