/** The ways to run ten tasks in a row that are compared. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { HOST_LIMITS, type InstanceStart } from '../../../contracts/instance.js';
import { WORKFLOWS } from '../../../contracts/names.js';
import type { JournalEntry } from '../../../engine/model/index.js';
import { readModel } from '../models.js';
import { QUEUES } from './names.js';
import type { Place } from './place.js';

/** One way: starts one instance; its handle tells when it has ended. */
export interface Variant {
  readonly name: string;
  readonly start: () => Promise<WorkflowHandle>;
}

const MODEL = 'ten-service-tasks';
const LOCAL = 'ten-local-tasks';

const ENOUGH = '<zeebe:taskDefinition type="work" />';
const HEADERS =
  '<zeebe:taskHeaders><zeebe:header key="jornada:local" value="true" /></zeebe:taskHeaders>';

/** Deploys what is needed, runs one instance to learn what its journal holds, and gives all variants. */
export async function variantsOf({ running, store }: Place): Promise<readonly Variant[]> {
  const { engine, client } = running;
  const model = readModel(MODEL);
  const local = model
    .replaceAll(ENOUGH, `${ENOUGH}${HEADERS}`)
    .replaceAll(`"${MODEL}"`, `"${LOCAL}"`);
  const startDrawn = async (key: string, xml: string): Promise<() => Promise<WorkflowHandle>> => {
    const report = await engine.deploy(key, { 'process.bpmn': xml });
    const [process] = report.processes;
    if (!report.ok || !process) throw new Error(JSON.stringify(report.findings));
    const definition = { processId: key, version: process.version, hash: report.hash };
    return () => startInstance(client, definition);
  };
  const startModel = await startDrawn(MODEL, model);
  const startLocal = await startDrawn(LOCAL, local);
  const handle = await startModel();
  await handle.result();
  const instanceId = handle.workflowId.split('.')[2] ?? '';
  const { items } = await store.journal.search({ filter: { instanceId }, limit: 1000 });
  const life = inSteps(items.map(({ instanceId: _, ...entry }) => entry));
  const byHand = (type: string, args: unknown[]) => (): Promise<WorkflowHandle> =>
    client.workflow.start(type, { workflowId: newId().workflowId, taskQueue: QUEUES.byHand, args });
  return [
    { name: 'by hand', start: byHand('bare', []) },
    { name: 'by hand, audited', start: byHand('audited', [life]) },
    { name: 'by hand, audited locally', start: byHand('auditedLocally', [life]) },
    { name: 'Jornada', start: startModel },
    { name: 'Jornada, start answered', start: () => startAnswered(running) },
    { name: 'Jornada, local tasks', start: startLocal },
  ];
}

/** Cuts a journal where a task was completed: there the audit of a step begins. */
function inSteps(entries: readonly JournalEntry[]): readonly (readonly JournalEntry[])[] {
  const steps: JournalEntry[][] = [[]];
  for (const entry of entries) {
    if (entry.kind === 'jobCompleted') steps.push([]);
    steps.at(-1)?.push(entry);
  }
  return steps;
}

function newId(): { readonly instanceId: string; readonly workflowId: string } {
  const instanceId = randomUUID();
  return { instanceId, workflowId: `p.system.${instanceId}` };
}

/** As the engine starts what a timer or a message starts: nobody waits for an answer. */
function startInstance(
  client: Client,
  definition: InstanceStart['definition'],
): Promise<WorkflowHandle> {
  const { instanceId, workflowId } = newId();
  const begin = {
    kind: 'first',
    event: { kind: 'start', elementId: null, variables: {}, requestId: null, actor: null },
  } as const;
  const start: InstanceStart = {
    definition,
    seed: { instanceId, processId: definition.processId, caller: null },
    callerWorkflowId: null,
    startedBy: null,
    businessKey: null,
    rootInstanceId: instanceId,
    limits: HOST_LIMITS,
    begin,
  };
  return client.workflow.start(WORKFLOWS.instance, {
    workflowId,
    taskQueue: QUEUES.jornada,
    args: [start],
  });
}

async function startAnswered({ engine, client }: Place['running']): Promise<WorkflowHandle> {
  const answer = await engine.start({ processId: MODEL, requestId: randomUUID(), actor: null });
  if (!answer.ok) throw new Error(answer.message);
  return client.workflow.getHandle(`p.system.${answer.instanceId}`);
}
