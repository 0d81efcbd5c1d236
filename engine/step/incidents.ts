/** Incidents: a stop at one element that keeps token, scope and open boundary events (S98). */
import { type Fault, incidentClassOf } from '../errors/index.js';
import type { ElementInstance } from '../model/index.js';
import type { Run } from './run.js';
import { store } from './tree.js';

/** Parks an element instance behind a new incident. */
export function openIncident(
  run: Run,
  instance: ElementInstance,
  problem: { readonly code: string; readonly message: string } | Fault,
  elementId: string = instance.elementId,
  rule: string | null = null,
  unopened: string | null = null,
): void {
  store(run, instance);
  const id = run.nextId('incident');
  run.put('incidents', id, {
    id,
    code: problem.code,
    message: problem.message,
    elementId,
    elementInstanceId: instance.id,
    at: run.at,
    ...(unopened !== null && { unopened }),
  });
  instance.incidents = [...instance.incidents, id];
  run.touch(instance);
  const data = {
    incidentId: id,
    code: problem.code,
    class: incidentClassOf(problem.code),
    message: problem.message,
  };
  run.recordAt('incidentOpened', elementId, instance.id, instance.parentId, data, rule);
}

/** Takes one incident of an element instance away: it is resolved, or what it stopped goes on. */
export function closeIncident(
  run: Run,
  instance: ElementInstance,
  incidentId: string,
  how: 'incidentResolved' | 'incidentClosed',
): void {
  run.drop('incidents', incidentId);
  instance.incidents = instance.incidents.filter((id) => id !== incidentId);
  run.touch(instance);
  run.record(how, instance, { incidentId });
}

/** Takes all incidents of an element instance away: it has ended. */
export function closeIncidents(run: Run, instance: ElementInstance): void {
  for (const id of instance.incidents) closeIncident(run, instance, id, 'incidentClosed');
}
