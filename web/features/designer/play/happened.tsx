import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { PLAY_TEXTS } from './texts.js';

type Entry = PlayShown['timeline'][number];

/** So many are shown. */
const MOST = 40;

/** What happened in a play, the last first. */
export function Happened({
  timeline,
  nameOf,
  isNamed,
}: {
  readonly timeline: PlayShown['timeline'];
  readonly nameOf: (elementId: string) => string;
  readonly isNamed: (elementId: string) => boolean;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
  const locale = useLocale();
  const sentence = ({ kind, elementId, processId }: Entry): string => {
    const facts = { place: nameOf(elementId), process: nameOf(processId) };
    return Object.hasOwn(PLAY_TEXTS.en, kind) ? sayPlay(kind as 'taskOpened', facts) : kind;
  };
  const shown = timeline.filter(isTold(timeline, isNamed)).slice(-MOST).toReversed();
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

/** That it came to a step goes without saying where more is told of it; nobody asks for what has no name. Class: pure. */
const isTold =
  (timeline: readonly Entry[], isNamed: (elementId: string) => boolean) =>
  ({ kind, elementId, at }: Entry): boolean =>
    kind !== 'elementEntered' ||
    (isNamed(elementId) &&
      !timeline.some(
        (other) => other.elementId === elementId && other.at === at && other.kind !== kind,
      ));
