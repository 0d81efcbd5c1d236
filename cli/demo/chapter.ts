/** What a chapter of the demonstration is made of. Class: pure. */
import type { ContactRow, CustomerRow } from '../../contracts/control.js';
import type { Json, Variables } from '../../engine/model/index.js';

/** Whom it is about. */
export interface Hero {
  readonly customer: CustomerRow;
  /** Who speaks for it. */
  readonly contact: { readonly name: string; readonly mail: string; readonly locale: string };
}

/** What can be known at an instance when somebody acts there. */
export interface Scene extends Hero {
  /** Of the instance; empty before it is looked at. */
  readonly variables: Variables;
  /** All of the customer. */
  readonly contacts: readonly ContactRow[];
  /** Texts of the mails of this chapter, the oldest first. */
  readonly mails: readonly string[];
}

/** What somebody does with a task, by its element. */
export interface Answer {
  readonly by: string;
  /** In words, with the name before it. */
  readonly says: string;
  readonly variables: (scene: Scene) => Variables;
  /** The task that has to be done before, by its element. */
  readonly after: string | null;
}

/** A message from outside. */
export interface Call {
  readonly key: string;
  readonly variables: Variables;
  /** The link of a mail that is followed before; absent: none is. */
  readonly link?: string;
}

/** What comes from outside while an instance waits for it; once to each instance of its process. */
export interface News {
  readonly name: string;
  readonly processId: string;
  /** Who makes it happen; null: who speaks for the customer. */
  readonly by: string | null;
  readonly says: string;
  /** Null: it is not yet time. */
  readonly call: (scene: Scene) => Call | null;
}

/** One family: a process from its start to its end. */
export interface Chapter {
  readonly processId: string;
  readonly title: string;
  readonly begins: {
    /** Who begins it; null: who speaks for the customer. */
    readonly by: string | null;
    readonly says: string;
    /** The message that starts it; null: a person does. */
    readonly message: string | null;
    readonly key: (hero: Hero) => string;
    readonly variables: (hero: Hero) => Variables;
  };
  /** By element, of the process and of all that it calls. */
  readonly answers: Readonly<Record<string, Answer>>;
  readonly news: readonly News[];
  /** The outcome that the story tells. */
  readonly outcome: string;
}

type Values = { readonly [name: string]: Json };

/** Somebody does a task. */
export const answer = (
  by: string,
  says: string,
  variables: Values | ((scene: Scene) => Values),
  after: string | null = null,
): Answer => ({
  by,
  says,
  variables: typeof variables === 'function' ? variables : () => variables,
  after,
});

/** A text of a context that may not be there. */
export function textAt(value: Json | undefined, name: string): string | null {
  const inner = value !== null && typeof value === 'object' ? Object(value)[name] : undefined;
  return typeof inner === 'string' ? inner : null;
}

/** A message to whom a variable of the instance names; null before it does. */
export const call = (key: Json | undefined, variables: Values = {}): Call | null =>
  typeof key === 'string' ? { key, variables } : null;
