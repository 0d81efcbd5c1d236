/** What a language has to say, and what all of them read alike. Class: pure. */
import type { ActRow, HistoryRow, OperationOutput } from '../../contracts/control.js';
import type { Called } from '../phrases.js';
import { remediedOnce } from '../remedies.js';

/** Element or flow id → how people call it. */
export type Names = OperationOutput<'history'>['names'];

/** What an entry carries. */
export type Data = NonNullable<HistoryRow['data']>;

/** What an entry tells. @param name - of its element, quoted */
export type Sentence = (name: string, data: Data, names: Names) => string;

/** A language. */
export interface Words {
  /** By kind of the entry. */
  readonly sentences: Readonly<Record<string, Sentence>>;
  /** Of what was erased nothing is made up. */
  readonly erasedEntry: (kind: string, name: string) => string;
  readonly otherEntry: (kind: string, name: string) => string;
  readonly theInstance: string;
  readonly erased: string;
  /** Causes as halves of sentences. */
  readonly causes: {
    readonly atStart: string;
    readonly modified: (actor: string | null) => string;
    readonly migrated: (actor: string | null) => string;
    readonly after: (name: string) => string;
    readonly timer: (name: string) => string;
    /** Null: its name was erased. */
    readonly message: (name: string | null) => string;
    readonly signal: (name: string | null) => string;
    readonly other: (sentence: string) => string;
    readonly byFlow: (flow: string) => string;
  };
  /** What a person did, or was not let do. */
  readonly act: (act: ActRow, called?: Called) => string;
}

/** A message with its remedy once. */
export const told = (value: unknown): string => remediedOnce(text(value));

/** A value as a text. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** `'Check' (check:7)`, or the id alone where that says all. */
export const withId = (id: string, names: Names): string => {
  const elementId = id.includes(':') ? id.slice(0, id.lastIndexOf(':')) : id;
  const name = names[elementId] ?? elementId;
  return name === elementId ? id : `'${name}' (${id})`;
};

/** Ids by commas. */
export const list = (ids: unknown): string =>
  Array.isArray(ids) ? ids.map(String).join(', ') : '';

/** The version of a definition that the journal names. */
export const versionIn = (ref: unknown): string =>
  text((Object(ref) as { readonly version?: unknown }).version);

/** What was called otherwise. */
export const pairsOf = (mappings: unknown): readonly { from: unknown; to: unknown }[] =>
  (Array.isArray(mappings) ? mappings : []).map((one) => {
    const { sourceElementId, targetElementId } = Object(one) as Record<string, unknown>;
    return { from: sourceElementId, to: targetElementId };
  });
