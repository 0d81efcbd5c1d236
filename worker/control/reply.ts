/** An answer of the engine as the wire has it. Class: pure. */
import type { EngineReply } from '../../contracts/control.js';
import type { EngineAnswer } from '../index.js';
import { ControlFailure } from './failure.js';

/** @throws ControlFailure for a refusal, with the engine's own code */
export function replyOf({
  ok,
  code,
  message,
  instanceId,
  status,
  ...more
}: EngineAnswer): EngineReply {
  if (!ok) throw new ControlFailure(code ?? 'CONTROL_FAILED', message);
  const waitsFor = 'waitsFor' in more ? more.waitsFor : [];
  return { instanceId, message, status, waitsFor };
}
