/** What a timer means, in words, and when it would be due if it began to wait now. */
import { List, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { Calendars } from '../../../../engine/calendars/index.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { PlainUnit, TimerForm, WrittenTimer } from './timer-form.js';
import { meaningOf } from './timer-meaning.js';
import { TIMER_TEXTS } from './timer-texts.js';

/** Shows it. */
export function ComesTo({
  written,
  form,
  zone,
  calendars,
}: {
  readonly written: WrittenTimer;
  readonly form: TimerForm;
  readonly zone: string;
  readonly calendars: Readonly<Record<string, Calendars>>;
}): ReactNode {
  const say = useTexts(TIMER_TEXTS);
  const locale = useLocale();
  const { property, text } = written;
  const meaning = useMemo(
    () => meaningOf({ property, text }, { at: new Date().toISOString(), zone, calendars }),
    [property, text, zone, calendars],
  );
  const inWords = useWords()(form);
  const shown = useMemo(() => formatIn(zone, locale), [zone, locale]);
  return (
    <div role="status" className="designer-timer-words">
      {inWords !== null && <Text size="sm">{inWords}</Text>}
      {meaning.kind === 'times' && (
        <>
          <Text size="xs" c="dimmed">
            {say('fromNow', { zone })}
          </Text>
          <List size="xs">
            {meaning.times.map((at) => (
              <List.Item key={at}>
                <time dateTime={at}>{shown(at)}</time>
              </List.Item>
            ))}
            {meaning.isMore && <List.Item>{say('andSoOn')}</List.Item>}
          </List>
        </>
      )}
      {meaning.kind === 'data' && (
        <Text size="xs">{say('ofData', { names: meaning.names.join(', ') })}</Text>
      )}
      {meaning.kind === 'fault' && (
        <Text size="xs" c="var(--mantine-color-error)">
          {meaning.code}: {meaning.message}
        </Text>
      )}
    </div>
  );
}

/** A zone that there is not is told by the timer itself. */
function formatIn(timeZone: string, locale: string): (at: string) => string {
  const style = { dateStyle: 'full', timeStyle: 'short' } as const;
  try {
    const format = new Intl.DateTimeFormat(locale, { ...style, timeZone });
    return (at) => format.format(new Date(at));
  } catch {
    return (at) => at;
  }
}

function useWords(): (form: TimerForm) => string | null {
  const say = useTexts(TIMER_TEXTS);
  const locale = useLocale();
  const format = (unit: PlainUnit): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  const length = (count: number, unit: PlainUnit): string => format(unit).format(count);
  return (form) => {
    switch (form.kind) {
      case 'date':
      case 'written':
        return null;
      case 'after':
        return say('wordsAfter', { length: length(form.count, form.unit) });
      case 'afterOpen':
        return say(form.unit === 'businessHour' ? 'wordsOpenHours' : 'wordsOpenDays', {
          ...{ count: form.count, calendar: form.calendar },
        });
      case 'every': {
        const { count, unit } = form;
        // Every day, not every one day.
        const each = count === 1 ? format(unit).formatToParts(1).at(-1)?.value : null;
        const every = say('wordsEvery', { length: each ?? length(count, unit) });
        const { times } = form;
        return `${every}, ${times === null ? say('wordsEndless') : say('wordsTimes', { count: times })}`;
      }
    }
  };
}
