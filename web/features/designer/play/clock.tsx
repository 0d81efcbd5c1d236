import { Button, Slider, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import { DESIGNER_TEXTS } from '../texts.js';
import type { Rewind } from './script.js';

const DAY_MS = 86_400_000;
/** Days that the slider spans. */
const DAYS = 60;

/** The clock of a play: it is moved to a day, or to what happens next. */
export function Clock({
  shown,
  script,
  rewind,
}: {
  readonly shown: PlayShown;
  readonly script: Script;
  readonly rewind: Rewind;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const begun = Date.parse(script.now);
  const days = Math.round(((Date.parse(shown.at) - begun) / DAY_MS) * 24) / 24;
  const [at, setAt] = useState(days);
  useEffect(() => setAt(days), [days]);
  /** Time only passes: going back takes acts back that lay behind. */
  const until = (instant: number): void => {
    const last = script.acts.at(-1);
    const isClock = last !== undefined && 'until' in last;
    const acts = isClock ? script.acts.slice(0, -1) : script.acts;
    rewind([...acts, { until: new Date(instant).toISOString() }]);
  };
  return (
    <section aria-label={say('clock')}>
      <Text size="sm" fw={600} role="status">
        {say('clockAt', { at: exactly(shown.at, locale) })}
      </Text>
      <Slider
        label={(value) => say('days', { count: Math.round(value * 10) / 10 })}
        thumbLabel={say('clockLabel')}
        min={0}
        max={DAYS}
        step={1 / 24}
        value={at}
        onChange={setAt}
        onChangeEnd={(value) => until(begun + value * DAY_MS)}
        marks={[0, 7, 30, 60].map((value) => ({ value, label: String(value) }))}
        mb="lg"
        mx="xs"
      />
      {shown.nextAt && (
        <Button
          size="xs"
          variant="light"
          h="auto"
          py={6}
          styles={{ label: { whiteSpace: 'normal' } }}
          onClick={() => until(Date.parse(shown.nextAt ?? ''))}
        >
          {say('goNext')}: {exactly(shown.nextAt, locale)}
        </Button>
      )}
    </section>
  );
}
