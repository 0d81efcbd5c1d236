import { Alert, Group, NumberInput, Table, Text, TextInput, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { businessTimeAfter, explainInterval } from '../../../engine/calendars/index.js';
import type { Calendar } from '../../../engine/model/index.js';
import { durationText } from '../../../reports/text.js';
import { WideTable } from '../../parts/wide-table.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { CALENDAR_TEXTS } from './calendar-texts.js';
import { instantIn, shownIn } from './calendar-words.js';

const HOUR_MS = 3_600_000;
/** More is not explained line by line. */
const MOST = 60;

/** When so many working hours have passed, and why then: by the rules that clocks of tasks count by. */
export function CalendarTrial({ calendar }: { readonly calendar: Calendar }): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  const locale = useLocale();
  const [from, setFrom] = useState(() => `${new Date().toISOString().slice(0, 10)}T10:00`);
  const [hours, setHours] = useState<number | string>(8);
  const { tz } = calendar;
  const begin = from === '' ? null : instantIn(from, tz);
  const count = Number(hours);
  const isAsked = begin !== null && Number.isFinite(count) && count > 0;
  const end = isAsked ? businessTimeAfter([calendar], begin, count * HOUR_MS) : null;
  const stretches =
    isAsked && end !== null ? explainInterval([calendar], { from: begin, to: end }) : [];
  return (
    <section aria-labelledby="calendar-trial">
      <Title order={2} size="h4" id="calendar-trial" mb="xs">
        {say('tryTitle')}
      </Title>
      <Group align="end" mb="sm">
        <TextInput
          type="datetime-local"
          name="from"
          label={`${say('tryFrom')} (${tz})`}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <NumberInput
          name="hours"
          label={say('tryHours')}
          min={0}
          max={10_000}
          decimalScale={2}
          value={hours}
          onChange={setHours}
        />
      </Group>
      {isAsked && (
        <Alert role="status" mb="sm">
          {end === null
            ? say('tryNever')
            : say('tryReached', {
                ...{ hours: count, from: shownIn(begin, tz, locale) },
                to: shownIn(end, tz, locale),
              })}
        </Alert>
      )}
      {stretches.length > 0 && (
        <WideTable label={say('tryTitle')} minWidth={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('tryWhat')}</Table.Th>
              <Table.Th>{say('tryWhen')}</Table.Th>
              <Table.Th>{say('tryLong')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stretches.slice(0, MOST).map((one) => (
              <Table.Tr key={one.from}>
                <Table.Td>{say(`reason_${one.reason}`)}</Table.Td>
                <Table.Td>
                  <Text size="sm">{`${shownIn(one.from, tz, locale)} – ${shownIn(one.to, tz, locale)}`}</Text>
                </Table.Td>
                <Table.Td>{durationText(one.to - one.from)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </section>
  );
}
