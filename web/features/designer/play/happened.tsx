import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { PLAY_TEXTS } from './texts.js';

type Entry = PlayShown['timeline'][number];

/** What happened in a play, the last first; that a task is reached is told by the task. */
export function Happened({
  timeline,
  nameOf,
}: {
  readonly timeline: PlayShown['timeline'];
  readonly nameOf: (elementId: string) => string;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
  const locale = useLocale();
  const sentence = ({ kind, elementId, processId }: Entry): string => {
    const facts = { place: nameOf(elementId), process: nameOf(processId) };
    return Object.hasOwn(PLAY_TEXTS.en, kind) ? sayPlay(kind as 'taskOpened', facts) : kind;
  };
  const shown = timeline.slice(-40).toReversed();
  return (
    <section aria-labelledby="play-happened">
      <Title order={3} size="h6" id="play-happened">
        {say('happened')}
      </Title>
      <ol className="designer-timeline">
        {shown.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own, and only come.
          <li key={timeline.length - index}>
            <Text size="xs">{sentence(entry)}</Text>
            {entry.at !== shown[index + 1]?.at && (
              <Text size="xs" c="dimmed" className="app-number">
                {exactly(entry.at, locale)}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
