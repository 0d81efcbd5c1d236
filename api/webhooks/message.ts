/** The message that a webhook gives, by the mapping of its hook. Class: pure. */
import { createHash } from 'node:crypto';
import { checkExpression, evaluate, withInexactAsTexts } from '../../engine/expressions/index.js';
import type { Json, Variables } from '../../engine/model/index.js';
import { isContext } from '../../engine/model/index.js';
import type { Hook } from '../../store/index.js';
import { parseJson } from '../plugins/bodies.js';
import { Problem } from '../problem.js';

/** What a sender sent. */
export interface Received {
  /** `webhook-id`. */
  readonly id: string;
  readonly body: Json;
  /** ISO 8601 UTC; the clock of its expressions. */
  readonly at: string;
}

/** What is published. */
export interface HookMessage {
  readonly key: string;
  readonly variables: Variables;
  /** The same for the same webhook, and of no other: what is published twice is taken once. */
  readonly messageId: string;
}

/** Expressions may be written with the sign that models have in front. */
const bare = (source: string): string => source.replace(/^\s*=/, '');

/** Refuses a source that is no FEEL. Errors: `INPUT_INVALID`. */
export function checkMapping(place: string, source: string | null | undefined): void {
  const [problem] = source ? checkExpression(bare(source)) : [];
  if (!problem) return;
  throw new Problem('INPUT_INVALID', { detail: `${place} does not fit: ${problem.message}` });
}

/**
 * A body as it was sent. A number with more digits than a number here holds is a text of them: no sender can be asked to write it
 * otherwise, it is mostly an id, and one that nobody looks at is no reason to refuse the rest. Errors: `INPUT_INVALID`.
 */
export function receivedBody(bytes: Buffer): Json {
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
    return parseJson(withInexactAsTexts(text)) as Json;
  } catch {
    throw new Problem('INPUT_INVALID', { detail: 'the body is no JSON that means one thing' });
  }
}

/** Errors: `HOOK_MAPPING`. */
export function messageOf(
  { hookId, correlationKey, variables }: Hook,
  { id, body, at }: Received,
): HookMessage {
  const messageId = createHash('sha256')
    .update(JSON.stringify([hookId, id]))
    .digest('hex');
  const seen: Readonly<Record<string, Json>> = { body, webhook: { id } };
  const computed = (what: string, source: string): Json => {
    const found = evaluate(bare(source), {
      ...{ at, zone: 'UTC', seed: messageId },
      lookup: (name) => (Object.hasOwn(seen, name) ? seen[name] : undefined),
    });
    // What is told names no value of the body.
    if (!found.ok) throw mismatch(`its ${what} cannot be computed (${found.code})`);
    return found.value;
  };
  const key = computed('correlation key', correlationKey);
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw mismatch('its correlation key is neither a text nor a number');
  }
  const values = variables === null ? {} : computed('variables', variables);
  if (!isContext(values)) throw mismatch('its variables are no context');
  return { key: String(key), variables: values, messageId };
}

const mismatch = (detail: string): Problem => new Problem('HOOK_MAPPING', { detail });
