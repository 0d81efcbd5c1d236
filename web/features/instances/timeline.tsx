import { Checkbox, Timeline as Line, Stack, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { More } from '../../parts/more.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { useTimeline } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** What happened, the newest first, with who and why. */
export function Timeline({
  instanceKey,
  onSelect,
}: {
  readonly instanceKey: string;
  readonly onSelect: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const [hasAll, setAll] = useState(false);
  const query = useTimeline(instanceKey, useLocale(), hasAll);
  return (
    <Stack>
      <Checkbox
        label={say('happenedAll')}
        checked={hasAll}
        onChange={({ currentTarget }) => setAll(currentTarget.checked)}
      />
      <Loaded query={query}>
        {({ pages }) => (
          <>
            <Line className="app-breaks" bulletSize={14} lineWidth={2} active={-1}>
              {pages
                .flatMap(({ items }) => items)
                .map(({ at, actor, what, why, elementId, sequence }) => (
                  <Line.Item
                    key={`${sequence ?? at} ${what}`}
                    title={
                      elementId === null ? (
                        <Text size="sm">{what}</Text>
                      ) : (
                        <UnstyledButton onClick={() => onSelect(elementId)}>
                          <Text size="sm">{what}</Text>
                        </UnstyledButton>
                      )
                    }
                  >
                    <Text size="xs" c="dimmed">
                      {actor ?? say('engine')} · <Time at={at} isExact />
                      {why !== null && ` · ${why}`}
                    </Text>
                  </Line.Item>
                ))}
            </Line>
            <More query={query} label={say('more')} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}
