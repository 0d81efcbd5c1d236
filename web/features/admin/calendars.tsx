import {
  ActionIcon,
  Button,
  Group,
  List,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ListedCalendar } from '../../../contracts/calendars-listed.js';
import { WEEKDAYS } from '../../../engine/model/index.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { CALENDAR_TEXTS } from './calendar-texts.js';
import { CalendarTrial } from './calendar-trial.js';
import { windowsText } from './calendar-words.js';
import { holidayNames } from './calendar-yaml.js';
import { CalendarYear } from './calendar-year.js';
import { useCalendars } from './calendars-api.js';
import { termText } from './term.js';

const CalendarDialog = lazy(async () => ({
  default: (await import('./calendar-dialog.js')).CalendarDialog,
}));

/** Calendars of all packages, one of them at a time. */
export function Calendars(): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  const locale = useLocale();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded query={useCalendars()}>
      {({ items }) => {
        const keyOf = ({ packageKey, name }: ListedCalendar) => `${packageKey}/${name}`;
        const one = items.find((item) => keyOf(item) === chosen) ?? items[0];
        if (!one) return <Text>{say('none')}</Text>;
        return (
          <Stack gap="lg">
            <Text c="dimmed">{say('about')}</Text>
            <Select
              label={say('calendar')}
              allowDeselect={false}
              searchable
              maw={420}
              data={items.map((item) => ({
                ...{ value: keyOf(item), label: `${item.title[locale]} · ${item.name}` },
              }))}
              value={keyOf(one)}
              onChange={setChosen}
            />
            <One key={keyOf(one)} listed={one} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function One({ listed }: { readonly listed: ListedCalendar }): ReactNode {
  const say = useTexts(CALENDAR_TEXTS);
  const locale = useLocale();
  const isAdmin = usePerson().roles.includes('admin');
  const [year, setYear] = useState(() => new Date().getFullYear());
  const [isEditing, setEditing] = useState(false);
  const { calendar, promises, source, name } = listed;
  const names = holidayNames(source, name);
  const inYear = calendar.holidays.filter((date) => date.startsWith(`${year}-`)).toSorted();
  const dayText = new Intl.DateTimeFormat(locale, {
    ...({ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' } as const),
  });
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <section aria-labelledby="calendar-hours">
          <Group justify="space-between" mb="xs">
            <Title order={2} size="h4" id="calendar-hours">
              {say('hours')}
            </Title>
            {isAdmin && (
              <Button variant="default" size="xs" onClick={() => setEditing(true)}>
                {say('edit')}
              </Button>
            )}
          </Group>
          <Text size="sm" mb="xs">
            {`${say('zone')}: ${calendar.tz} · ${say('version')} ${calendar.version}`}
          </Text>
          <Table aria-label={say('hours')}>
            <Table.Tbody>
              {WEEKDAYS.map((day) => (
                <Table.Tr key={day}>
                  <Table.Th scope="row">{say(day)}</Table.Th>
                  <Table.Td className="app-number">
                    {windowsText(calendar.weekly[day]) || say('closed')}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
        <section aria-labelledby="calendar-promises">
          <Title order={2} size="h4" id="calendar-promises" mb="xs">
            {say('promises')}
          </Title>
          {promises.length === 0 && <Text>{say('promisesNone')}</Text>}
          <List size="sm">
            {promises.map(({ element, title, target }) => (
              <List.Item key={element}>{`${title[locale]}: ${termText(target, locale)}`}</List.Item>
            ))}
          </List>
        </section>
      </SimpleGrid>
      <CalendarTrial calendar={calendar} />
      <section aria-labelledby="calendar-holidays">
        <Group mb="xs" gap="xs">
          <ActionIcon
            variant="default"
            aria-label={say('yearBefore')}
            onClick={() => setYear(year - 1)}
          >
            <ChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <Title order={2} size="h4" id="calendar-holidays">
            {say('holidays', { year: String(year) })}
          </Title>
          <ActionIcon
            variant="default"
            aria-label={say('yearAfter')}
            onClick={() => setYear(year + 1)}
          >
            <ChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
        {inYear.length === 0 && <Text mb="sm">{say('holidaysNone', { year: String(year) })}</Text>}
        <List size="sm" mb="md">
          {inYear.map((date) => (
            <List.Item key={date}>
              {dayText.format(Date.parse(`${date}T00:00:00Z`))}
              {names[date] && `: ${names[date]}`}
            </List.Item>
          ))}
        </List>
        <CalendarYear calendar={calendar} names={names} year={year} />
      </section>
      {isEditing && (
        <Suspense fallback={null}>
          <CalendarDialog listed={listed} year={year} close={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}
