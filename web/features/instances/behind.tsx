import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { durationText } from '../../../reports/text.js';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { INSTANCES_TEXTS } from './texts.js';

const WORDS = [
  'LATE',
  'ON_TIME',
  'KEPT',
  'MISSED',
  'RUNNING',
  'first_reply',
  'resolution',
] as const;
const isWord = (value: unknown): value is (typeof WORDS)[number] =>
  WORDS.some((one) => one === value);

const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** Says which number of a report the list is behind, and lets it go. */
export function Behind({
  behind,
  drop,
}: {
  readonly behind: Readonly<Record<string, unknown>>;
  readonly drop: () => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const locale = useLocale();
  const shown = (value: unknown): string =>
    typeof value === 'number'
      ? durationText(value)
      : typeof value === 'string' && INSTANT.test(value)
        ? exactly(value, locale)
        : isWord(value)
          ? say(`behind_${value}`)
          : String(value);
  const parts = Object.entries(behind).map(([name, value]) => {
    const what = say(`behind_${name}` as 'behind_startDate');
    if (value === null || typeof value !== 'object') return `${what} ${shown(value)}`;
    const { $gte, $lt, $gt } = value as Readonly<Record<string, unknown>>;
    if ($gte !== undefined && $lt !== undefined) return `${what} ${shown($gte)} – ${shown($lt)}`;
    if ($gt !== undefined) return `${what} > ${shown($gt)}`;
    return say('behind_ran');
  });
  return (
    <Alert variant="light" p="xs" title={say('behind')}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{parts.join(' · ')}</Text>
        <Button size="compact-sm" variant="default" onClick={drop}>
          {say('behindDrop')}
        </Button>
      </Group>
    </Alert>
  );
}
