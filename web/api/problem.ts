/** What the server answers when something is not done. Source: RFC 9457; `api/problem.ts`. */

import type { Happening } from '../../contracts/tasks.js';

/** What is wrong with one value of a form. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Thrown by `ask`. `code` is one of docs/errors.md, or `OFFLINE` when nothing answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    /** For people, in English; texts of a feature say more where they know the code. */
    readonly detail: string,
    /** By which the same request is found in logs and in the audit. */
    readonly requestId: string | null,
    /** What does not fit a form, field by field. */
    readonly problems: readonly FieldProblem[] = [],
    /** Who was first with a task: what was not seen here, the oldest first. */
    readonly meanwhile: readonly Happening[] = [],
  ) {
    super(`${code}: ${detail}`);
  }

  /** Whether the same again may succeed by itself. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

/** Reads a fault out of an answer. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body = (await answer.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null =>
    typeof body[name] === 'string' ? (body[name] as string) : null;
  const code = text('code') ?? text('title') ?? `HTTP_${answer.status}`;
  const list = <T>(name: string): readonly T[] => (Array.isArray(body[name]) ? body[name] : []);
  return new ApiProblem(
    ...([answer.status, code, text('detail') ?? code, text('requestId')] as const),
    ...([list<FieldProblem>('problems'), list<Happening>('meanwhile')] as const),
  );
}
