import { Card, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { exactly, Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { type ElementStory, useStory } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** Why an element was entered, and why what is due there is due then. */
export function ElementStoryPanel({
  instanceKey,
  elementId,
}: {
  readonly instanceKey: string;
  readonly elementId: string;
}): ReactNode {
  return (
    <Loaded query={useStory(instanceKey, elementId, useLocale())}>
      {(story) => <Story story={story} />}
    </Loaded>
  );
}

function Story({ story }: { readonly story: ElementStory }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const locale = useLocale();
  const { elementId, name, visits, dues } = story;
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="xs">
        {name ?? elementId}
      </Title>
      {visits.length === 0 && <Text c="dimmed">{say('mark_not-reached')}</Text>}
      {visits.map(({ elementInstanceKey, state, enteredAt, causes }) => (
        <Stack key={elementInstanceKey} gap={4} mb="sm">
          <Text size="sm" fw={600}>
            {say('visit', {
              at: exactly(enteredAt, locale),
              state: say(`visitState_${state}` as 'visitState_ACTIVE'),
            })}
          </Text>
          <Text size="sm">{say('causes')}</Text>
          <List type="ordered" size="sm" className="app-chain">
            {causes.map(({ sequence, at, what, actor }) => (
              <List.Item key={sequence}>
                {actor === null ? what : `${actor}: ${what}`}{' '}
                <Text span c="dimmed" size="xs">
                  <Time at={at} />
                </Text>
              </List.Item>
            ))}
          </List>
        </Stack>
      ))}
      {dues.length > 0 && (
        <>
          <Text size="sm" fw={600}>
            {say('dues')}
          </Text>
          <List size="sm">
            {dues.map(({ dueAt, armedAt, rhythm }) => (
              <List.Item key={`${armedAt} ${dueAt}`}>
                <Time at={dueAt} isExact />:{' '}
                {say('dueBecause', { armed: exactly(armedAt, locale), rhythm: rhythm ?? '–' })}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Card>
  );
}
