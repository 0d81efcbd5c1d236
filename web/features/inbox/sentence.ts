import type { Happening } from '../../../contracts/tasks.js';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { TASK_TEXTS } from './task-texts.js';

/** Says in a sentence what happened to a task: who did what. */
export function useSentence(): (one: Happening) => string {
  const say = useTexts(TASK_TEXTS) as (key: string, facts?: object) => string;
  const locale = useLocale();
  return (one) => {
    const { standsFor } = one.data;
    const did = sentence(one);
    return standsFor ? say('didFor', { did, whom: String(standsFor) }) : did;
  };

  function sentence({ kind, actor, data }: Happening): string {
    const who = actor ?? say('engine');
    const to = String(data.assignee ?? '');
    if (kind === 'taskAssigned') {
      if (to === '') return say('didTaskReleased', { who });
      return say(to === actor ? 'didTaskClaimed' : 'didTaskAssigned', { who, to });
    }
    if (kind === 'taskCompleted' && data.action)
      return say('didTaskCompletedBy', { who, action: String(data.action) });
    const what = kind === 'taskUpdated' ? updates(data) : '';
    if (what) return say('didTaskUpdatedTo', { who, what });
    const key = `did${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
    return say(key, { who, to, reason: String(data.reason ?? '') });
  }

  /** What dates and priority are now; of candidates nothing is told. */
  function updates({ dueAt, followUpAt, priority }: Happening['data']): string {
    const date = (label: string, at: unknown): readonly string[] =>
      typeof at === 'string' ? [`${label} ${exactly(at, locale)}`] : [];
    return [
      ...date(say('due'), dueAt),
      ...date(say('followUp'), followUpAt),
      ...(typeof priority === 'number' ? [`${say('priority')} ${priority}`] : []),
    ].join(', ');
  }
}
