/** The operations by name: checked by their schemas, carried out, and refusals told from faults. Class: side effect. */
import { OPERATIONS, type OperationName } from '../../contracts/control.js';
import type { Operate } from '../../contracts/operate.js';
import { type ErrorCode, kindOf } from '../../engine/errors/index.js';
import { AUDITED } from './audited.js';
import { BATCH_ACTS } from './batches.js';
import { IMPORT_STEPS } from './customers.js';
import { ControlFailure, refusal } from './failure.js';
import { IDENTITY_ACTS } from './identities.js';
import type { Asker, ControlParts, Operation } from './parts.js';
import { READS } from './reads.js';

const HANDLERS = {
  ...READS,
  ...IMPORT_STEPS,
  ...IDENTITY_ACTS,
  ...BATCH_ACTS,
  ...AUDITED,
} as unknown as Readonly<Record<OperationName, Operation<OperationName>>>;

/** Carries one out. Errors: `CONTROL_REQUEST_INVALID`, and the operation's own. */
export async function perform(
  parts: ControlParts,
  name: OperationName,
  input: unknown,
  asker: Asker,
): Promise<unknown> {
  const request = parse<unknown>(OPERATIONS[name].input, input);
  return HANDLERS[name](parts, request as never, asker);
}

/** The operations for whoever asks by other ways than the socket: refusals are answers, faults are thrown. */
export function createOperate(parts: ControlParts): Operate {
  return async (name, input, asker) => {
    try {
      return { ok: true, output: (await perform(parts, name, input, asker)) as never };
    } catch (error) {
      const known = refusalIn(error);
      if (known === null) throw error;
      return { ok: false, code: known.code, message: known.message };
    }
  };
}

/** What an error says to whoever asked; null: it is a fault of ours. Class: pure. */
export function refusalIn(
  error: unknown,
): { readonly code: string; readonly message: string; readonly exit: number } | null {
  if (error instanceof ControlFailure) {
    const { code, message, exit } = error;
    return { code, message, exit };
  }
  // Failures of store, keyring and installation carry a code; what the caller wrote wrongly is a matter of usage.
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return null;
  if (!/^(Store|Installation|Encryption|Audit)Failure$/.test(error.name)) return null;
  const isUsage = kindOf(error.code as ErrorCode) === 'rejection';
  return { code: error.code, message: error.message, exit: isUsage ? 2 : 1 };
}

interface Schema<T> {
  readonly safeParse: (value: unknown) =>
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: PropertyKey[]; readonly message: string }[];
        };
      };
}

/** Errors: `CONTROL_REQUEST_INVALID`. Class: pure. */
export function parse<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'it'}: ${message}`,
  );
  throw refusal('CONTROL_REQUEST_INVALID', { detail: faults.join('; ') }, 2);
}
