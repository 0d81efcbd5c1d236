/** What expressions of a form see: the values beside them, then those around, then the variables of the task. */
import { type Fault, fault } from '../errors/index.js';
import { evaluate } from '../expressions/index.js';
import { isContext, type Json, own, type Variables } from '../model/index.js';
import type { Component } from './form.js';

/** The moment and the variables in which a form is answered. */
export interface FormContext {
  /** What the form was shown with. */
  readonly variables: Variables;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** IANA zone. */
  readonly zone: string;
}

/** Values of one level of a form. Class: pure. */
export class View {
  constructor(
    private readonly context: FormContext,
    private readonly data: Json | undefined,
    /** Names of fields: one that was not answered is null, not unknown. */
    private readonly names: ReadonlySet<string>,
    private readonly around: View | null = null,
    /** Place in a list, from 1. */
    private readonly index: number | null = null,
  ) {}

  /** The value at a path of the variables that the form was shown with. */
  given(path: readonly string[]): Json | undefined {
    return at(this.context.variables, path);
  }

  /** The view of an item of a list. */
  inside(data: Json | undefined, children: readonly Component[], index: number): View {
    return new View(this.context, data, namesOf(children), this, index);
  }

  evaluate(feel: string): { readonly value: Json } | Fault {
    const { at: instant, zone } = this.context;
    const scope = { at: instant, zone, seed: '', lookup: (name: string) => this.lookup(name) };
    const result = evaluate(feel, scope);
    if (result.ok) return { value: result.value };
    const detail = `${result.code}: ${result.message}`;
    return fault('FORM_CONDITION_FAILED', { path: feel.trim().slice(0, 60), detail });
  }

  private lookup(name: string): Json | undefined {
    if (this.index !== null && name === 'i') return this.index;
    if (this.index !== null && name === 'this') return this.data ?? null;
    if (this.around !== null && name === 'parent') return this.around.data ?? null;
    const own = this.ownValue(name);
    if (own !== undefined) return own;
    if (this.around !== null) return this.around.lookup(name);
    return at(this.context.variables, [name]);
  }

  private ownValue(name: string): Json | undefined {
    const value = at(this.data, [name]);
    if (value !== undefined) return value;
    const isShown = this.around === null && at(this.context.variables, [name]) !== undefined;
    return this.names.has(name) && !isShown ? null : undefined;
  }
}

/** First names of the paths of all fields of a level. */
export function namesOf(components: readonly Component[]): ReadonlySet<string> {
  const names = components.flatMap((component) => {
    const [first] = component.path;
    if (first !== undefined) return [first];
    return component.kind === 'field' ? [] : [...namesOf(component.children)];
  });
  return new Set(names);
}

/** The value at a path; undefined when there is none. */
export function at(data: Json | undefined, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const name of path) value = isContext(value) ? own(value, name) : undefined;
  return value;
}
