import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { addDays } from '../../../contracts/days.js';
import { PERIODS } from '../../../contracts/report-names.js';
import { useTexts } from '../../texts/texts.js';
import { REPORTS_TEXTS } from './texts.js';
import { type ReportView, type SpanView, wholeSpan } from './view.js';

const LAST_DAYS = [7, 30, 90] as const;

/** Writes the days that nobody chose into the address: sent to somebody, it shows the same tomorrow. */
export function useStableAddress({ from, to, zone }: SpanView, write: () => void): void {
  const isWhole = from !== undefined && to !== undefined && zone !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what writes is another function each time
  useEffect(() => {
    if (!isWhole) write();
  }, [isWhole]);
}

/** Chooses the days of a report; with `versions` also what it is drawn by, and of which version. */
export function PeriodPicker({
  view,
  change,
  versions,
}: {
  readonly view: ReportView;
  readonly change: (changes: ReportView) => void;
  readonly versions?: readonly number[];
}): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const { from, to, zone } = wholeSpan(view);
  const day = (name: 'from' | 'to', value: string) => (
    <TextInput
      type="date"
      label={say(name)}
      value={value}
      {...(name === 'from' ? { max: to } : { min: from })}
      onChange={({ currentTarget }) =>
        currentTarget.value !== '' && change({ [name]: currentTarget.value })
      }
    />
  );
  return (
    <Group gap="sm" align="flex-end" component="search" aria-label={say('time')}>
      {day('from', from)}
      {day('to', to)}
      <Group gap={4}>
        {LAST_DAYS.map((days) => (
          <Button
            key={days}
            variant="default"
            onClick={() => {
              const today = wholeSpan({ zone }).to;
              change({ from: addDays(today, 1 - days), to: today });
            }}
          >
            {say('last', { days })}
          </Button>
        ))}
      </Group>
      {versions && (
        <>
          <Select
            label={say('by')}
            w={120}
            allowDeselect={false}
            data={PERIODS.map((one) => ({ value: one, label: say(`by_${one}`) }))}
            value={view.by ?? 'day'}
            onChange={(value) => change({ by: PERIODS.find((one) => one === value) })}
          />
          <Select
            label={say('version')}
            placeholder={say('allVersions')}
            clearable
            w={120}
            data={versions.map(String)}
            value={view.version === undefined ? null : String(view.version)}
            onChange={(value) => change({ version: value === null ? undefined : Number(value) })}
          />
        </>
      )}
      <Text size="sm" c="dimmed" pb={8}>
        {say('zone', { zone })}
      </Text>
    </Group>
  );
}
