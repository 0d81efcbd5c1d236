import { ActionIcon, Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ListedCalendar } from '../../../contracts/calendars-listed.js';
import { WEEKDAYS, type Weekday } from '../../../engine/model/index.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { CALENDAR_TEXTS } from './calendar-texts.js';
import { inYear, isDate, isZone, windowsIn, windowsText } from './calendar-words.js';
import { type EditedCalendar, holidayNames } from './calendar-yaml.js';
import { DESCRIPTION, useCalendarDraft } from './calendars-api.js';

/** A holiday as it is typed; `id` keeps its fields together while others come and go. */
interface Row {
  readonly id: number;
  readonly date: string;
  readonly name: string;
}

/** Hours and holidays as fields; what fits is written into a draft of the package. @param year - what is copied on */
export function CalendarDialog({
  listed,
  year,
  close,
}: {
  readonly listed: ListedCalendar;
  readonly year: number;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  const locale = useLocale();
  const navigate = useNavigate();
  const { calendar, name, source, packageKey, title } = listed;
  const names = holidayNames(source, name);
  const [zone, setZone] = useState(calendar.tz);
  const [hours, setHours] = useState(() =>
    Object.fromEntries(WEEKDAYS.map((day) => [day, windowsText(calendar.weekly[day])])),
  );
  const [rows, setRows] = useState<readonly Row[]>(() =>
    calendar.holidays.toSorted().map((date, id) => ({ id, date, name: names[date] ?? '' })),
  );
  const [isCopied, setCopied] = useState(false);
  const draft = useCalendarDraft(listed);
  const dates = rows.map(({ date }) => date);
  const isWrong = (date: string): boolean =>
    !isDate(date) || dates.filter((one) => one === date).length > 1;
  const edited = editedOf(zone, hours, rows);
  const mayBegin = edited !== null && !dates.some(isWrong);
  const setRow = (id: number, change: Partial<Row>): void =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  const nextId = Math.max(-1, ...rows.map(({ id }) => id)) + 1;
  const copy = (): void => {
    const moved = rows.flatMap((row, index) => {
      const date = row.date.startsWith(`${year}-`) ? inYear(row.date, year + 1) : null;
      return date === null || dates.includes(date) ? [] : [{ ...row, id: nextId + index, date }];
    });
    setRows([...rows, ...moved]);
    setCopied(true);
  };
  const begin = (): void => {
    if (edited === null) return;
    draft.mutate(
      { title: say('draftTitle', { name }), edited },
      {
        onSuccess: (draftId) =>
          void navigate({
            to: '/designer/$packageKey',
            params: { packageKey } as never,
            search: { draft: draftId, file: DESCRIPTION } as never,
          }),
      },
    );
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={say('editTitle', { name, package: title[locale] })}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Text size="sm">{say('editAbout')}</Text>
        <TextInput
          label={say('zone')}
          name="zone"
          value={zone}
          error={isZone(zone) ? null : say('zoneWrong')}
          onChange={({ currentTarget }) => setZone(currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {say('hoursHint')}
        </Text>
        {WEEKDAYS.map((day) => (
          <TextInput
            key={day}
            label={say(day)}
            name={day}
            value={hours[day] ?? ''}
            error={windowsIn(hours[day] ?? '') === null ? say('hoursWrong') : null}
            onChange={({ currentTarget }) => setHours({ ...hours, [day]: currentTarget.value })}
          />
        ))}
        <Text fw={600}>{say('holidaysAll')}</Text>
        {rows.map(({ id, date, name: called }, index) => (
          <Group key={id} align="start" wrap="nowrap" gap="xs">
            <TextInput
              aria-label={say('dateOf', { number: index + 1 })}
              placeholder="2027-12-25"
              value={date}
              error={isWrong(date) ? say('dateWrong') : null}
              onChange={({ currentTarget }) => setRow(id, { date: currentTarget.value })}
              w={150}
            />
            <TextInput
              aria-label={say('nameOf', { number: index + 1 })}
              placeholder={say('holidayName')}
              value={called}
              maxLength={100}
              onChange={({ currentTarget }) =>
                setRow(id, { name: currentTarget.value.replace(/[\r\n]/g, ' ') })
              }
              flex={1}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={say('removeHoliday', { number: index + 1 })}
              onClick={() => setRows(rows.filter((row) => row.id !== id))}
            >
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="default"
            size="xs"
            onClick={() => setRows([...rows, { id: nextId, date: '', name: '' }])}
          >
            {say('addHoliday')}
          </Button>
          <Button variant="default" size="xs" onClick={copy}>
            {say('copyYear', { from: String(year), to: String(year + 1) })}
          </Button>
        </Group>
        {isCopied && <Alert role="status">{say('copied')}</Alert>}
        {draft.error && <ProblemAlert error={draft.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say('cancel')}
          </Button>
          <Button disabled={!mayBegin} loading={draft.isPending} onClick={begin}>
            {say('begin')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The calendar that the fields say; null: one of them does not fit. Class: pure. */
function editedOf(
  tz: string,
  hours: Readonly<Record<string, string>>,
  rows: readonly Row[],
): EditedCalendar | null {
  if (!isZone(tz)) return null;
  const weekly: Partial<Record<Weekday, NonNullable<ReturnType<typeof windowsIn>>>> = {};
  for (const day of WEEKDAYS) {
    const windows = windowsIn(hours[day] ?? '');
    if (windows === null) return null;
    weekly[day] = windows;
  }
  const holidays = rows.map(({ date, name }) => ({ date, name: name.trim() }));
  return { tz, weekly, holidays };
}
