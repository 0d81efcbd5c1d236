/** One task at its own address: its form, what can be done, its customer, what happened. */
import { Anchor, Grid, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLive } from '../../api/live.js';
import { useReasonFor } from '../../api/reasons.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { ValuesNote } from '../../parts/values/values-note.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { EVENTS, type ReadTask, TASKS, taskOf } from './asking.js';
import { TaskClockMark, TicketClockMark } from './clock.js';
import { DueWhy } from './due-why.js';
import { TaskFiles } from './files/task-files.js';
import { HandOn } from './hand-on/hand-on.js';
import './inbox.css';
import { TaskContextPanel } from './task-context.js';
import { TaskHistory } from './task-history.js';
import { useHolder } from './task-row.js';
import { TASK_TEXTS } from './task-texts.js';
import { TaskWork } from './task-work.js';

/** The page. */
export function TaskPage(): ReactNode {
  const { taskKey = '' }: { taskKey?: string } = useParams({ strict: false });
  const query = useQuery(taskOf(taskKey, useLocale(), useReasonFor(taskKey)));
  useLive(EVENTS, [TASKS], ({ data }) => data.userTaskKey === taskKey);
  return <Loaded query={query}>{(task) => <Task key={taskKey} whole={task} />}</Loaded>;
}

function Task({ whole }: { readonly whole: ReadTask }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  const locale = useLocale();
  const holder = useHolder();
  const { task } = whole;
  const reason = useReasonFor(task.taskKey);
  return (
    <Page
      title={task.title[locale]}
      about={`${task.process[locale]} · ${holder(task)}`}
      actions={
        <Group gap="xs">
          {task.state === 'CREATED' && task.ticket?.clock && (
            <TicketClockMark clock={task.ticket.clock} />
          )}
          <TaskClockMark task={task} />
          <HandOn whole={whole} />
        </Group>
      }
    >
      <Anchor component={Link} to="/inbox" size="sm">
        {say('back')}
      </Anchor>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack>
            <ValuesNote of={task.taskKey} />
            {/* A form takes its values once: others make another form. */}
            <TaskWork key={reason} whole={whole} />
            <TaskFiles whole={whole} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="xl">
            <TaskContextPanel taskKey={task.taskKey} />
            <DueWhy whole={whole} />
            <TaskHistory whole={whole} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
