/** How plays start: by the form of the start event that nothing triggers, or as a text of JSON says. */
import {
  isContext,
  type Json,
  type RawComponent,
  type Variables,
} from '../../../../engine/model/index.js';

/** The start event that nothing triggers, by which people start a process. */
export interface PlainStart {
  readonly elementId: string;
  /** Null: it asks nothing. */
  readonly formId: string | null;
}

/** A start as it is written. */
export interface WrittenStart {
  readonly trigger: 'message' | 'signal' | 'timer' | 'written' | null;
  /** What triggers it is called. */
  readonly name: string;
  readonly event: string | null;
  readonly variables: Variables;
}

/** Reads it; null: it is none. Class: pure. */
export function readStart(text: string): WrittenStart | null {
  const act = parsed(text);
  if (!isContext(act) || act.start === undefined) return null;
  const { variables, event, ...more } = isContext(act.start) ? act.start : {};
  const found = (['message', 'signal', 'timer'] as const).find((one) => more[one] !== undefined);
  const trigger = found ?? (Object.keys(more).length > 0 ? 'written' : null);
  return {
    ...{ trigger, name: String(more[found ?? ''] ?? '') },
    event: typeof event === 'string' ? event : null,
    variables: isContext(variables) ? variables : {},
  };
}

/** Whether people would start it so, by that event. Class: pure. */
export const isBy = (plain: PlainStart, start: WrittenStart | null): boolean =>
  start !== null && start.trigger === null && (start.event ?? plain.elementId) === plain.elementId;

/** A start with these variables, as text. Class: pure. */
export const startWith = (variables: Variables): string =>
  JSON.stringify({ start: { variables } }, null, 2);

/** What of the variables no field of the form holds: a form sends it neither, and a sample may want it. Class: pure. */
export function besideForm(schema: RawComponent, variables: Variables): Variables {
  const fields = new Set(fieldsIn(schema));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !fields.has(name)));
}

const fieldsIn = ({ key, path, components }: RawComponent): readonly string[] => [
  ...[key, path].flatMap((one) => (typeof one === 'string' ? one.split('.').slice(0, 1) : [])),
  ...(Array.isArray(components) ? components.filter(isContext).flatMap(fieldsIn) : []),
];

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
