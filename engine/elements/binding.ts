/** Which version of a process, decision or form an element is bound to. Source: S77, A04, A06. */

/** The bindings that a model may name. */
const BINDINGS = ['latest', 'deployment', 'versionTag'] as const;

/** One of them. */
export type Binding = (typeof BINDINGS)[number];

/** Whether a text of the model is a binding. Class: pure. */
export const isBinding = (text: string): text is Binding =>
  (BINDINGS as readonly string[]).includes(text);
