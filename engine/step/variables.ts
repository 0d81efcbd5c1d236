/** Variables by scope (S93): read from the nearest scope outwards, write where the name lives, else at the root. */
import type { EvaluationScope } from '../expressions/index.js';
import type { ElementInstance, Json, LoopCounters, Variables } from '../model/index.js';
import type { Run } from './run.js';
import { isStored, store } from './tree.js';

/** What a multi-instance body counts, by name (S71). */
const countersOf = ({ total, started, completed, terminated }: LoopCounters) => ({
  numberOfInstances: total,
  numberOfActiveInstances: started - completed - terminated,
  numberOfCompletedInstances: completed,
  numberOfTerminatedInstances: terminated,
});

type Counters = ReturnType<typeof countersOf>;

const COUNTERS: ReadonlySet<string> = new Set(
  Object.keys(countersOf({ total: 0, started: 0, completed: 0, terminated: 0 })),
);

const parentOf = (run: Run, instance: ElementInstance): ElementInstance | undefined =>
  instance.parentId === null ? undefined : run.state.elements[instance.parentId];

/** Where looking begins: what is in no table has no variables of its own. */
const nearest = (run: Run, from: ElementInstance): ElementInstance | undefined =>
  isStored(run, from) ? from : parentOf(run, from);

/** The value of a name as an element instance sees it; undefined when nothing in sight has it. */
export function lookup(run: Run, from: ElementInstance, name: string): Json | undefined {
  for (let at = nearest(run, from); at !== undefined; at = parentOf(run, at)) {
    const table = run.state.variables[at.id];
    if (table !== undefined && Object.hasOwn(table, name)) return table[name];
    if (at.loop !== null && COUNTERS.has(name)) return countersOf(at.loop)[name as keyof Counters];
  }
  return undefined;
}

/** All that an element instance sees, the nearest of each name. */
export function visible(run: Run, from: ElementInstance): Record<string, Json> {
  const seen: Record<string, Json> = {};
  for (let at = nearest(run, from); at !== undefined; at = parentOf(run, at)) {
    const table = run.state.variables[at.id];
    if (table === undefined) continue;
    for (const name of Object.keys(table)) {
      if (!Object.hasOwn(seen, name)) seen[name] = table[name] as Json;
    }
  }
  return seen;
}

/** The counters of the nearest multi-instance body around an element instance, by name; none where there is none. */
export function counters(run: Run, from: ElementInstance): Variables {
  let at = nearest(run, from);
  while (at !== undefined && at.loop === null) at = parentOf(run, at);
  const loop = at?.loop ?? null;
  return loop === null ? {} : countersOf(loop);
}

/** Sets variables in one scope, whatever lies further out. */
export function setLocal(run: Run, scope: ElementInstance, values: Variables): void {
  const names = Object.keys(values);
  if (names.length === 0) return;
  store(run, scope);
  writeTo(run, scope, names, values);
}

/** The scope that a name is written to: the nearest that has it, else the process. */
export const ownerOf = (run: Run, from: ElementInstance, name: string): ElementInstance => {
  let last = from;
  for (let at = nearest(run, from); at !== undefined; at = parentOf(run, at)) {
    const table = run.state.variables[at.id];
    if (table !== undefined && Object.hasOwn(table, name)) return at;
    last = at;
  }
  return last;
};

/** Writes each value to the nearest scope that owns its name, else to the process (S93). */
export function write(run: Run, from: ElementInstance, values: Variables): void {
  const names = Object.keys(values);
  const owners = names.map((name) => ownerOf(run, from, name));
  const [first] = owners;
  if (first === undefined) return;
  if (owners.every((owner) => owner === first)) {
    writeTo(run, first, names, values);
    return;
  }
  for (const owner of new Set(owners)) {
    const own = names.filter((_, index) => owners[index] === owner);
    writeTo(run, owner, own, Object.fromEntries(own.map((name) => [name, values[name] as Json])));
  }
}

const writeTo = (
  run: Run,
  owner: ElementInstance,
  names: readonly string[],
  values: Variables,
): void => {
  for (const name of names) run.putIn('variables', owner.id, name, values[name] as Json);
  run.recordAt('variablesWritten', owner.elementId, owner.id, owner.id, { values });
};

/** What FEEL sees from an element instance; `extra` lies before all scopes. */
export class ScopeView implements EvaluationScope {
  readonly at: string;
  readonly zone: string;
  readonly calendars: Run['process']['calendars'];

  constructor(
    private readonly run: Run,
    private readonly from: ElementInstance,
    private readonly extra: Variables | null = null,
  ) {
    this.at = run.at;
    this.zone = run.process.zone;
    this.calendars = run.process.calendars;
  }

  get seed(): string {
    return `${this.run.state.instanceId}:${this.from.id}:${this.run.state.sequence}`;
  }

  lookup(name: string): Json | undefined {
    if (this.extra !== null && Object.hasOwn(this.extra, name)) return this.extra[name];
    return lookup(this.run, this.from, name);
  }
}
