/** One task in the list. */
import { Badge, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TaskItem } from '../../../contracts/tasks.js';
import { usePerson } from '../../api/session.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { TaskClockMark, TicketClockMark } from './clock.js';
import { INBOX_TEXTS } from './texts.js';

/** From here on a priority is told. */
const URGENT = 70;

/** Whose a task is, or for whom it waits, in words. */
export function useHolder(): (task: TaskItem) => string {
  const say = useTexts(INBOX_TEXTS);
  const { loginName } = usePerson();
  return ({ assignee, candidateGroups, candidateUsers, standsFor }) => {
    if (assignee) {
      const holds = assignee === loginName ? say('you') : say('hasIt', { who: assignee });
      return standsFor ? `${holds} ${say('forWhom', { who: standsFor })}` : holds;
    }
    const groups = [...candidateGroups, ...candidateUsers].join(', ');
    return groups === '' ? say('nobody') : `${say('nobody')}, ${say('forGroups', { groups })}`;
  };
}

/** The row; the selected one is where keys act. */
export function TaskRow({
  task,
  isSelected,
  select,
}: {
  readonly task: TaskItem;
  readonly isSelected: boolean;
  readonly select: () => void;
}): ReactNode {
  const locale = useLocale();
  const holder = useHolder();
  const { customer, businessKey, process, title } = task;
  const about = [process[locale], customer?.name, businessKey, holder(task)].filter(Boolean);
  return (
    <li className="inbox-row" data-selected={isSelected || undefined}>
      <div>
        <Link to="/tasks/$taskKey" params={{ taskKey: task.taskKey }} onFocus={select}>
          {title[locale]}
        </Link>
        <Text size="sm" c="dimmed" className="app-clip">
          {about.join(' · ')}
        </Text>
      </div>
      <Marks task={task} />
    </li>
  );
}

function Marks({ task }: { readonly task: TaskItem }): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const { endedAt, completedBy, state, priority } = task;
  const forWhom = task.asSubstituteFor ?? task.standsFor;
  const words = [
    ...(task.isSuspended ? [say('suspended')] : []),
    ...(forWhom ? [say('forWhom', { who: forWhom })] : []),
    ...(priority >= URGENT ? [say('urgent', { priority })] : []),
  ];
  return (
    <div className="inbox-marks">
      {task.hasDraft && state === 'CREATED' && (
        <Badge
          variant="default"
          size="lg"
          radius="sm"
          tt="none"
          leftSection={<PencilLine size={12} aria-hidden />}
        >
          {say('draft')}
        </Badge>
      )}
      {words.map((word) => (
        <Badge key={word} variant="default" size="lg" radius="sm" tt="none">
          {word}
        </Badge>
      ))}
      {task.ticket?.clock && state === 'CREATED' && <TicketClockMark clock={task.ticket.clock} />}
      <TaskClockMark task={task} />
      {endedAt && (
        <Text size="sm" c="dimmed">
          {completedBy} · <Time at={endedAt} />
        </Text>
      )}
    </div>
  );
}
