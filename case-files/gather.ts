/** Gathers a case: the instance, those it called, what happened, forms, evidence. Class: side effect (reads). */
import type { CaseForm, CaseInstance, CaseStep, WholeCase } from '../contracts/cases.js';
import type { OperationOutput } from '../contracts/control.js';
import { outcomesOf, readHistoryOf, toldHistory } from '../history/index.js';
import type { ProcessInstance, Store } from '../store/index.js';
import type { CaseReads } from './deps.js';
import { certificatesOf, evidenceOf, exportsOf } from './evidence.js';
import { formsOf } from './forms.js';
import { caseRows, namesOf } from './list.js';
import { definitionsOf } from './packages.js';
import { peopleIn } from './people.js';

/** Instances that a case holds at most; those that were called later are left out. */
const MOST_INSTANCES = 500;

/** All of a case, but for the files of its packages; null: there is no such instance. */
export async function gatherCase(reads: CaseReads, caseId: string): Promise<WholeCase | null> {
  const { store } = reads;
  const root = await store.processInstances.get(caseId);
  if (!root) return null;
  const tree = await treeOf(store, root);
  const [row] = await caseRows(reads, [root]);
  if (!row) return null;
  const told = await Promise.all(tree.map((one) => toldOf(reads, one.instance)));
  const instanceIds = tree.map(({ instance }) => instance.instanceId);
  const exports = await exportsOf(reads, instanceIds);
  const certificates = await certificatesOf(reads, instanceIds);
  const evidence = await evidenceOf(reads, row);
  const acts = told.flatMap(({ history }) => history.acts);
  const steps = told.flatMap((one) => one.steps).sort((a, b) => order(a.at, b.at));
  const forms = told
    .flatMap((one) => one.forms)
    .sort((a, b) => order(a.completedAt, b.completedAt));
  return {
    case: row,
    instances: await instancesOf(store, tree),
    ...{ steps, forms, evidence, exports, certificates },
    definitions: await definitionsOf(store, tree),
    acts: unique(acts),
    people: await peopleIn(store, [
      ...steps.map(({ actor }) => actor),
      ...acts.map(({ actor }) => actor),
      ...evidence.map(({ doneBy }) => doneBy),
    ]),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An act that names several instances is one all the same. */
function unique(acts: WholeCase['acts']): WholeCase['acts'] {
  const byNumber = new Map(acts.map((act) => [act.number, act]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** An instance of a case, and how deep it was called. */
export interface InTree {
  readonly instance: ProcessInstance;
  readonly depth: number;
}

/** The instance and all that it called, the caller before the called. */
async function treeOf(store: Store, root: ProcessInstance): Promise<readonly InTree[]> {
  const tree: InTree[] = [{ instance: root, depth: 0 }];
  for (
    let level = [root], depth = 1;
    level.length > 0 && tree.length < MOST_INSTANCES;
    depth += 1
  ) {
    const callerInstanceId = { $in: level.map(({ instanceId }) => instanceId) };
    const sort = [{ field: 'startedAt', order: 'ASC' }] as const;
    const filter = { callerInstanceId };
    const { items } = await store.processInstances.search({ filter, sort, limit: MOST_INSTANCES });
    level = [...items];
    tree.push(...level.map((instance) => ({ instance, depth })));
  }
  return tree;
}

async function toldOf(reads: CaseReads, instance: ProcessInstance) {
  const { instanceId, definitionHash } = instance;
  const history = await readHistoryOf(reads, instance);
  const files = (await reads.store.definitions.package(definitionHash))?.files ?? {};
  const forms: readonly CaseForm[] = formsOf(history.entries, files, history.names, instanceId);
  return { history, steps: stepsOf(history, instanceId), forms };
}

function stepsOf(history: OperationOutput<'history'>, instanceId: string): readonly CaseStep[] {
  return toldHistory(history, false).map((line) => ({
    ...{ instanceId, ...line },
    elementName: line.elementId === null ? null : (history.names[line.elementId] ?? null),
  }));
}

async function instancesOf(
  store: Store,
  tree: readonly InTree[],
): Promise<readonly CaseInstance[]> {
  const instances = tree.map(({ instance }) => instance);
  const outcomes = await outcomesOf(store, instances);
  const names = await namesOf(store, instances);
  return tree.map(({ instance, depth }) => {
    const { instanceId, callerInstanceId, processId, definitionVersion, definitionHash } = instance;
    const { state, startedAt, endedAt, lastSequence: entries } = instance;
    return {
      ...{ instanceId, callerInstanceId, processId, definitionHash, state, startedAt, endedAt },
      ...{ version: definitionVersion, depth, entries },
      processName: names.get(`${processId}/${definitionVersion}`) ?? null,
      outcome: outcomes.get(instanceId) ?? null,
    };
  });
}
