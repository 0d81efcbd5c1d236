/** What a caller is told about where the instance stands. Class: workflow; pure but for the host it reads. */
import type { InstanceAnswer, WaitingPoint } from '../../contracts/instance.js';
import type { Answer, InstanceState } from '../../engine/model/index.js';
import type { Host } from './host.js';

const MOST_POINTS = 50;

/** The core's answer with the instance as it stands now; no answer means that the event was taken. */
export function answerOf(host: Host, answer: Answer | null): InstanceAnswer {
  const said = answer ?? { ok: true, code: null, message: '', waitingAt: [] };
  const { state } = host;
  return {
    ...said,
    instanceId: host.start.seed.instanceId,
    status: state?.status ?? 'created',
    suspendedAt: state?.suspendedAt ?? null,
    sequence: state?.sequence ?? 0,
    waitsFor: state ? waitingPoints(state) : [],
  };
}

/** The first things that an instance waits for: people first, then the outside world. */
export function waitingPoints(state: InstanceState): readonly WaitingPoint[] {
  const points: WaitingPoint[] = [];
  const add = (kind: WaitingPoint['kind'], id: string, elementId: string): boolean =>
    points.push({ kind, id, elementId }) < MOST_POINTS;
  const elementOf = (id: string | null): string =>
    (id === null ? undefined : state.elements[id])?.elementId ?? '';
  const all = [
    () => Object.values(state.incidents).every((i) => add('incident', i.id, i.elementId)),
    () => Object.values(state.tasks).every((t) => add('task', t.id, t.elementId)),
    () => Object.values(state.jobs).every((j) => add('job', j.id, elementOf(j.elementInstanceId))),
    () =>
      Object.values(state.calls).every((c) =>
        add('call', c.childId, elementOf(c.elementInstanceId)),
      ),
    () => Object.values(state.timers).every((t) => add('timer', t.id, t.elementId)),
    () => Object.values(state.subscriptions).every((s) => add(s.kind, s.id, s.elementId)),
  ];
  all.every((addSome) => addSome());
  return points;
}
