/**
 * Which parts of answers are values: what people, customers and other systems put into an instance, as against what its
 * model says and where it stands. A field is marked where it is declared; whoever may not see values gets what stands in
 * their place, and by the mark the API knows which routes need a rule (docs/identities.md, "Who reads values").
 */
import { z } from 'zod';
import { MASKED } from './masked.js';

/** How a value is kept from somebody. */
export interface Mark {
  /** Whoever tells it has left values out already, for they stand within a sentence. */
  readonly isTold: boolean;
  /** What stands in its place; the same: there is nothing to keep. */
  readonly mask: (value: unknown) => unknown;
}

/** The marks, by schema. A mark is of that very schema: what is described or refined afterwards is another. */
export const MARKS = z.registry<Mark>();

const marked = <T extends z.ZodType>(schema: T, mask: Mark['mask'], isTold = false): T => {
  MARKS.add(schema, { isTold, mask });
  return schema;
};

/** A text that is a value. */
export const valueText = (): z.ZodString =>
  marked(z.string().describe('A value: `⟨masked⟩` for who may not see it.'), () => MASKED);

/** A code, and behind it what is to say of it: `CODE: text`. The code is of ours. */
export const codedText = (): z.ZodString =>
  marked(
    z
      .string()
      .describe('A code, and what there is to say: `CODE: ⟨masked⟩` for who may not see it.'),
    (text) => {
      const [, code] = /^([A-Z][A-Z0-9_]*)(?:: |$)/.exec(String(text)) ?? [];
      if (code === text) return text;
      return code === undefined ? MASKED : `${code}: ${MASKED}`;
    },
  );

/** A value as a text of JSON. */
export const valueJson = (): z.ZodString =>
  marked(z.string().describe('A text of JSON; `"⟨masked⟩"` for who may not see it.'), () =>
    JSON.stringify(MASKED),
  );

/** Values by name: none for who may not see them. */
export const valueMap = <T extends z.ZodRecord>(schema: T): T =>
  marked(schema.describe('Values by name: none for who may not see them.') as T, () => ({}));

/** A sentence that may hold values. */
export const toldText = (): z.ZodString =>
  marked(
    z.string().describe('A sentence, with `⟨masked⟩` for values that one may not see.'),
    (text) => text,
    true,
  );
