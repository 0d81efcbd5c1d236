/** What expressions of a form see: the values beside them, then those around, then the variables of the task. */
import { type Fault, fault } from '../errors/index.js';
import { evaluate } from '../expressions/index.js';
import { type Component, isContext, type Json, own, type Variables } from '../model/index.js';

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
  /** The values, with null for each field that was not answered: it is empty, not unknown. */
  private readonly filled: Json;

  constructor(
    private readonly context: FormContext,
    private readonly data: Json | undefined,
    components: readonly Component[],
    private readonly around: View | null = null,
    /** Place in a list, from 1. */
    private readonly index: number | null = null,
  ) {
    this.filled = filled(data, components);
  }

  /** The value at a path of the variables that the form was shown with. */
  given(path: readonly string[]): Json | undefined {
    return at(this.context.variables, path);
  }

  /** The view of an item of a list. */
  inside(data: Json | undefined, children: readonly Component[], index: number): View {
    return new View(this.context, data, children, this, index);
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
    if (this.index !== null && name === 'this') return this.filled;
    if (this.around !== null && name === 'parent') return this.around.filled;
    const ownValue = at(this.filled, [name]);
    if (this.around !== null) return ownValue === undefined ? this.around.lookup(name) : ownValue;
    if (at(this.data, [name]) !== undefined) return ownValue;
    return this.given([name]) ?? ownValue;
  }
}

/** The values of a level with null at every path of a field that has none. */
function filled(data: Json | undefined, components: readonly Component[]): Json {
  let values: Json = isContext(data) ? data : {};
  for (const component of components) {
    if (component.kind === 'group') {
      const inner = filled(at(values, component.path), component.children);
      values =
        component.path.length === 0
          ? { ...(values as object), ...(inner as object) }
          : withValue(values, component.path, inner);
    } else if (at(values, component.path) === undefined) {
      values = withValue(values, component.path, null);
    }
  }
  return values;
}

/** A value that stands in the way of a path, and is no context, stays. */
function withValue(data: Json, path: readonly string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (!isContext(data)) return data;
  return {
    ...data,
    [name]: withValue(own(data, name) ?? (rest.length > 0 ? {} : null), rest, value),
  };
}

/** The value at a path; undefined when there is none. */
export function at(data: Json | undefined, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const name of path) value = isContext(value) ? own(value, name) : undefined;
  return value;
}
