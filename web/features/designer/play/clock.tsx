import { Button, Slider, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import { DESIGNER_TEXTS } from '../texts.js';
import type { Rewind } from './script.js';
import { PLAY_TEXTS } from './texts.js';

const DAY_MS = 86_400_000;
/** Days that the slider spans. */
const DAYS = 60;

/** The clock of a play: it is moved to a day, or to what happens next. */
export function Clock({
  shown,
  script,
  rewind,
  nameOf,
}: {
  readonly shown: PlayShown;
  readonly script: Script;
  readonly rewind: Rewind;
  readonly nameOf: (elementId: string) => string;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
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
  const due = shown.timers.find(({ dueAt }) => dueAt === shown.nextAt);
  const nextAt = exactly(shown.nextAt ?? shown.at, locale);
  const next = due ? sayPlay('happensNext', { what: nameOf(due.elementId), at: nextAt }) : nextAt;
  return (
    <section aria-label={say('clock')}>
      <Text size="sm" fw={600} role="status">
        {say('clockAt', { at: exactly(shown.at, locale) })},{' '}
        {sayPlay('day', { day: Math.floor(days) })}
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
          {say('goNext')}: {next}
        </Button>
      )}
    </section>
  );
}
