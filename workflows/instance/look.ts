/**
 * Letting others look at a running instance, by an Update that is refused with what they asked for.
 * Class: workflow. Source: docs/decisions/0012-running-instances-are-looked-at-by-updates.md.
 */
import { ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';

/** Registers what is shown under a name. A refusal leaves nothing in the history, so it is free of charge. */
export function showBy(name: string, view: () => unknown): void {
  const validator = (): void => {
    throw ApplicationFailure.nonRetryable(name, name, view());
  };
  setHandler(defineUpdate<void, []>(name), () => {}, { validator });
}
