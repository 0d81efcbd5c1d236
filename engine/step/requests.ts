/** Answers to those who asked: given once, kept for repetitions (D5), naming what is now waited for. */
import type { Fault } from '../errors/index.js';
import type { Answer } from '../model/index.js';
import type { Run } from './run.js';
import { forgetOldest } from './tasks.js';

/** Ids of the elements that this step left waiting. */
function waitingAt({ waits, state }: Run): string[] {
  const still = waits.filter(({ id, role }) => role === 'node' && state.elements[id] !== undefined);
  return [...new Set(still.map(({ elementId }) => elementId))];
}

/** The answer to a request that was carried out. */
export function accepted(run: Run): Answer {
  const waiting = waitingAt(run);
  const message =
    waiting.length > 0
      ? `done; now waiting for ${waiting.join(', ')}`
      : `done; the instance is ${run.state.status}`;
  return { ok: true, code: null, message, waitingAt: waiting };
}

/** The answer to a request that does not fit; the refusal is journaled. */
export function refused(run: Run, fault: Fault): Answer {
  run.recordAt('requestRefused', null, null, null, { code: fault.code, message: fault.message });
  return refusal(fault);
}

/** That answer alone. */
export function refusal({ code, message }: Fault): Answer {
  return { ok: false, code, message, waitingAt: [] };
}

/** Keeps an answer for repetitions of its request. It takes no number of the counter: a cut step gives equal ids. */
export function remember(run: Run, requestId: string, answer: Answer): void {
  run.put('requests', requestId, { order: run.state.sequence, answer });
  forgetOldest(run, 'requests');
}
