/**
 * What a route is told as: it stands beside the route and is handed to `addRoute`, which makes the document of it. The
 * schemas are those that the route reads and answers by. Class: data.
 */
import type { z } from 'zod';
import type { ErrorCode } from '../../engine/errors/index.js';

/** A body as it is sent. */
export interface Sent {
  readonly type: string;
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/** One way in which a route answers when it did what was asked. */
export interface Answer {
  readonly status: number;
  /** In words, where the summary of the route does not say it. */
  readonly says: string;
  /** Null: nothing is in it. */
  readonly type: string | null;
  /** Null: it is no JSON. */
  readonly schema: z.ZodType | null;
  readonly example: unknown;
}

/** A route, told. */
export interface About {
  /** What it does, on one line, with the verb first. */
  readonly summary: string;
  /** What else there is to know. */
  readonly says?: string;
  /** Parts of the address, where their name does not say it. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: z.ZodObject;
  readonly body?: Sent;
  readonly answers: Answer | readonly Answer[];
  /** Codes beside those that follow from the table of routes (`refusals.ts`). */
  readonly errors?: readonly ErrorCode[];
}

/** How a form of HTML sends. */
export const FORM = 'application/x-www-form-urlencoded';

/** Bodies of files, which are no values that a schema reads. */
export const FILES: readonly string[] = [
  ...['multipart/form-data', 'application/zip', 'application/octet-stream'],
];

/** A body of JSON. */
export const sent = <T extends z.ZodType>(schema: T, example: z.input<T>): Sent => ({
  ...{ type: 'application/json', schema, example },
});

/** An answer of JSON. */
export const answers = <T extends z.ZodType>(
  schema: T,
  example: z.output<T>,
  status = 200,
): Answer => ({ status, says: 'Done', type: 'application/json', schema, example });

/** It was done, and there is nothing to tell. */
export const NOTHING_TOLD: Answer = {
  ...{ status: 204, says: 'Done; nothing is answered', type: null, schema: null, example: null },
};

/** A page for people. */
export const PAGE_ANSWER: Answer = {
  ...{ status: 200, says: 'A page', type: 'text/html', schema: null, example: null },
};

/** Something that is neither JSON nor a page. */
export const file = (type: string, says: string): Answer => ({
  ...{ status: 200, says, type, schema: null, example: null },
});
