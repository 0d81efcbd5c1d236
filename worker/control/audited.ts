/** The acts as operations: each leaves a row in the audit table, whatever becomes of it. Class: side effect. */
import { setTimeout as pause } from 'node:timers/promises';
import { ACTS, type Act, type ActName, type Told } from './acts.js';
import { ControlFailure } from './failure.js';
import type { Operation, Operations } from './parts.js';

/** All of them. */
export const AUDITED: Operations<ActName> = Object.fromEntries(
  Object.entries(ACTS).map(([name, act]) => [name, audited(name as ActName, act as never)]),
) as unknown as Operations<ActName>;

function audited<N extends ActName>(action: N, act: Act<N>): Operation<N> {
  return async (parts, input, asker) => {
    const { actor, requestId, besides } = asker;
    const reason = act.words?.(input) ?? asker.reason;
    const key = 'key' in input && typeof input.key === 'string' ? input.key : action;
    let object = `unknown:${key}`;
    const write = async (outcome: 'done' | 'refused' | 'failed', told: Told): Promise<void> => {
      const at = new Date().toISOString();
      const known = act.data?.(input);
      const data = known || told.data || besides ? { ...known, ...told.data, ...besides } : null;
      const { code = null } = told;
      const row = { at, actor, action, outcome, code, requestId, reason, data };
      await parts.store.audit.append({ ...row, object: told.object ?? object });
    };
    const perform = async () => {
      const prepared = await act.prepare(parts, input);
      object = prepared.object;
      const output = await prepared.run(asker);
      return { output, told: prepared.told?.(output) ?? {} };
    };
    const { output, told } = await perform().catch(async (error: unknown) => {
      const isRefusal = error instanceof ControlFailure;
      await write(isRefusal ? 'refused' : 'failed', isRefusal ? { code: error.code } : {});
      throw error;
    });
    // It is done: a row that cannot be written at once is tried again, and never says otherwise.
    await persistently(() => write(told.code === undefined ? 'done' : 'refused', told));
    return output;
  };
}

/** Pauses before further attempts to write the row of an act that is done. */
const PAUSES_MS = [50, 250, 1000];

async function persistently(write: () => Promise<void>): Promise<void> {
  for (const ms of PAUSES_MS) {
    try {
      return await write();
    } catch {
      await pause(ms);
    }
  }
  return write();
}
