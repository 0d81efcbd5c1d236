import { Badge, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';

/** What happened in a play, the last first. */
export function Happened({ timeline }: { readonly timeline: PlayShown['timeline'] }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  return (
    <section aria-labelledby="play-happened">
      <Title order={3} size="h6" id="play-happened">
        {say('happened')}
      </Title>
      <ol className="designer-timeline">
        {timeline
          .slice(-40)
          .toReversed()
          .map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own, and only come.
            <li key={timeline.length - index}>
              <Text size="xs" component="div">
                <span className="app-number">{exactly(entry.at, locale)}</span>{' '}
                <Badge size="xs" variant="light" color="gray">
                  {entry.kind}
                </Badge>{' '}
                {entry.name ?? entry.elementId}
              </Text>
            </li>
          ))}
      </ol>
    </section>
  );
}
