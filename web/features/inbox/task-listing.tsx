/** The rows of the inbox, moved through and worked by keys. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { TaskItem, TaskList } from '../../../contracts/tasks.js';
import { ApiProblem } from '../../api/problem.js';
import { usePerson } from '../../api/session.js';
import { useWorks } from '../../api/works.js';
import { useKeys } from '../../app/keys.js';
import { Empty } from '../../parts/empty.js';
import { useNotice } from '../../parts/notices.js';
import { timeOf } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { doTo, TASKS } from './asking.js';
import { keyOf, type Look, type Looking } from './looking.js';
import { TaskRow } from './task-row.js';
import { INBOX_TEXTS } from './texts.js';

/** Shows what was read; `more` null: that is all. */
export function TaskListing({
  pages,
  looking,
  look,
  more,
}: {
  readonly pages: readonly TaskList[];
  readonly looking: Looking;
  readonly look: Look;
  readonly more: (() => void) | null;
}): ReactNode {
  const say = useTexts(INBOX_TEXTS);
  const items = pages.flatMap((page) => page.items);
  const [wanted, select] = useState(0);
  const selected = Math.min(wanted, Math.max(0, items.length - 1));
  const list = useRef<HTMLUListElement>(null);
  useListKeys(items, selected, list, looking);
  if (items.length === 0) return <NoTasks looking={looking} look={look} />;
  const { count, isExact } = pages[0]?.total ?? { count: 0, isExact: true };
  return (
    <>
      <ul className="inbox-list" ref={list} aria-label={say('listed')}>
        {items.map((task, index) => (
          <TaskRow
            key={task.taskKey}
            task={task}
            isSelected={index === selected}
            select={() => select(index)}
          />
        ))}
      </ul>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" className="app-number">
          {say(isExact ? 'shown' : 'shownMore', { shown: items.length, count })}
        </Text>
        {more && (
          <Button variant="default" onClick={more}>
            {say('more')}
          </Button>
        )}
      </Group>
    </>
  );
}

function NoTasks({ looking, look }: { readonly looking: Looking; readonly look: Look }): ReactNode {
  const say = useTexts(INBOX_TEXTS) as (key: string) => string;
  const works = useWorks();
  const { view = 'mine', text, group } = looking;
  if (text !== undefined || group !== undefined) {
    return (
      <Empty text={say('noneFound')}>
        <Button variant="default" onClick={() => look({ text: '', group: '' })}>
          {say('clear')}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty text={say(view === 'mine' && !works ? 'noneReads' : keyOf('none', view))}>
      {view === 'mine' && !works && (
        <Button variant="default" onClick={() => look({ view: 'all' })}>
          {say('viewAll')}
        </Button>
      )}
      {view === 'mine' && works && (
        <Button variant="default" onClick={() => look({ view: 'groups' })}>
          {say('toGroups')}
        </Button>
      )}
    </Empty>
  );
}

/** Views that a task leaves when somebody claims it. */
const LEAVES: readonly string[] = ['groups', 'unassigned'];

/** Keys that move through the list and act on the row that is selected. */
function useListKeys(
  items: readonly TaskItem[],
  selected: number,
  list: RefObject<HTMLUListElement | null>,
  { view = 'mine' }: Looking,
): void {
  const say = useTexts(INBOX_TEXTS);
  const locale = useLocale();
  const { loginName } = usePerson();
  const works = useWorks();
  const navigate = useNavigate();
  const tell = useNotice();
  const queries = useQueryClient();
  const focus = (index: number): void => list.current?.querySelectorAll('a')[index]?.focus();
  const hasFocus = (): boolean => list.current?.contains(document.activeElement) ?? false;
  const claim = useMutation({
    mutationFn: (task: TaskItem) =>
      doTo(task.taskKey, { path: '/assignment', body: { assignee: loginName } }),
    onSuccess: (_outcome, { taskKey }) => {
      tell('good', say('claimed'));
      // It leaves the list, where the next key would fall upon another.
      if (LEAVES.includes(view)) void navigate({ to: '/tasks/$taskKey', params: { taskKey } });
    },
    onError: (error) => tell('bad', refused(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
  /** Who was first and when, or what the server says. */
  const refused = (error: Error): string => {
    if (!(error instanceof ApiProblem)) return String(error);
    const first = error.meanwhile.at(-1);
    if (!first) return error.detail;
    const who = String(first.data.assignee ?? first.actor ?? '');
    const when = timeOf(first.at, locale);
    if (first.kind === 'taskCancelled' || who === '') return say('endedItself', { when });
    return say(first.kind === 'taskCompleted' ? 'doneFirst' : 'tookFirst', { who, when });
  };
  const task = items[selected];
  const open = (): void => {
    if (task) void navigate({ to: '/tasks/$taskKey', params: { taskKey: task.taskKey } });
  };
  const take = (): void => {
    if (task?.state === 'CREATED' && !claim.isPending) claim.mutate(task);
  };
  useKeys(say('keys'), [
    { keys: 'j', text: say('keyNext'), act: () => focus(hasFocus() ? selected + 1 : selected) },
    { keys: 'k', text: say('keyPrevious'), act: () => focus(Math.max(0, selected - 1)) },
    { keys: 'Enter', text: say('keyOpen'), act: open },
    ...(works ? [{ keys: 'c', text: say('keyClaim'), act: take }] : []),
  ]);
}
