import { Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import type { WholeInstance } from './instances-api.js';
import { nameIn } from './names.js';
import { INSTANCES_TEXTS } from './texts.js';

/** What the instance waits for: people, times, messages. */
export function Waiting({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { tasks, timers, waits, outline } = instance;
  if (tasks.length + timers.length + waits.length === 0) return null;
  const nameOf = (id: string | null): string => (id === null ? '' : nameIn(outline, id));
  return (
    <Group
      gap="xl"
      align="flex-start"
      className="app-breaks"
      component="section"
      aria-label={say('waitsFor')}
    >
      {tasks.length > 0 && (
        <Part title={say('openTasks')}>
          {tasks.map(({ userTaskKey, name, elementId, assignee, candidateGroups, dueAt }) => (
            <List.Item key={userTaskKey}>
              {name ?? elementId} · {assignee ?? (candidateGroups.join(', ') || say('nobody'))}
              {dueAt !== null && (
                <>
                  {' · '}
                  {say('due')} <Time at={dueAt} />
                </>
              )}
            </List.Item>
          ))}
        </Part>
      )}
      {timers.length > 0 && (
        <Part title={say('timers')}>
          {timers.map(({ elementId, dueAt }) => (
            <List.Item key={`${elementId} ${dueAt}`}>
              {nameOf(elementId)} · <Time at={dueAt} />
            </List.Item>
          ))}
        </Part>
      )}
      {waits.length > 0 && (
        <Part title={say('waitsFor')}>
          {waits.map(({ elementId, of, name }) => (
            <List.Item key={`${elementId} ${of} ${name}`}>
              {nameOf(elementId)} ·{' '}
              {say(of === 'signal' ? 'waits_signal' : 'waits_message', { name })}
            </List.Item>
          ))}
        </Part>
      )}
    </Group>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={2}>
      <Text fw={650} size="sm">
        {title}
      </Text>
      <List size="sm">{children}</List>
    </Stack>
  );
}
