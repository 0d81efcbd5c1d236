/** Input and output mappings (S94): in order, each seeing what the ones before it wrote. */
import { type Fault, fault, reasonIn } from '../errors/index.js';
import {
  type ElementInstance,
  isContext,
  type Json,
  type Mapping,
  type Variables,
} from '../model/index.js';
import { compute, tooMuch } from './compute.js';
import type { Run } from './run.js';
import { lookup, setLocal, write } from './variables.js';

type Context = Record<string, Json>;

/** Sets `a.b.c` in a copy of `a`: what stands beside the path stays. */
const withPath = (base: Json | undefined, path: readonly string[], value: Json): Json => {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const context: Context = isContext(base) ? { ...base } : {};
  context[head] = withPath(Object.hasOwn(context, head) ? context[head] : undefined, rest, value);
  return context;
};

const failed = (node: ElementInstance, mapping: Mapping, detail: string): Fault =>
  fault('IO_MAPPING_ERROR', { target: mapping.target.join('.'), element: node.elementId, detail });

/** Computes mappings one after the other; `base` gives what a path adds to. */
function evaluateMappings(
  run: Run,
  from: ElementInstance,
  mappings: readonly Mapping[],
  extra: Variables | null,
  base: (name: string) => Json | undefined,
): { readonly values: Context; readonly fault: Fault | null } {
  const values: Context = {};
  const seen: Context = { ...extra };
  for (const mapping of mappings) {
    const [name, ...path] = mapping.target;
    if (name === undefined) continue;
    const result = compute(run, from, mapping.source, mapping.target.join('.'), seen);
    if (!result.ok) return { values, fault: failed(from, mapping, reasonIn(result.fault.message)) };
    const before = Object.hasOwn(values, name) ? values[name] : base(name);
    values[name] = withPath(before, path, result.value);
    seen[name] = values[name];
  }
  const problem = tooMuch(run, `the mappings of ${from.elementId}`, values);
  return { values, fault: problem };
}

/** Creates the locals of an activation from its inputs; the fault of the first that fails. */
export function mapInputs(
  run: Run,
  instance: ElementInstance,
  mappings: readonly Mapping[],
): Fault | null {
  if (mappings.length === 0) return null;
  const own = run.state.variables[instance.id];
  const { values, fault: problem } = evaluateMappings(run, instance, mappings, null, (name) =>
    own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined,
  );
  if (problem === null) setLocal(run, instance, values);
  return problem;
}

/**
 * Writes what leaves an activation, from its parent scope outwards.
 *
 * @param extra - values only the mappings see, e.g. the payload of an event
 */
export function mapOutputs(
  run: Run,
  instance: ElementInstance,
  mappings: readonly Mapping[],
  extra: Variables | null = null,
): Fault | null {
  if (mappings.length === 0) return null;
  const parent = instance.parentId === null ? instance : run.element(instance.parentId);
  const { values, fault: problem } = evaluateMappings(run, instance, mappings, extra, (name) =>
    lookup(run, parent, name),
  );
  if (problem === null) write(run, parent, values);
  return problem;
}
