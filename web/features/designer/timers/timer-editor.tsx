/** A timer in words: what it waits for, set without a notation, and when that would be from now. */
import { Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../../../texts/texts.js';
import { calendarsIn } from '../calendars-in.js';
import type { Modelling } from '../editors/modelling.js';
import { ComesTo } from './comes-to.js';
import {
  BUSINESS_UNITS,
  type BusinessUnit,
  PLAIN_UNITS,
  type PlainUnit,
  readTimer,
  type SetTimer,
  writeTimer,
} from './timer-form.js';
import { changeTimer, type ModelTimer, timerOf } from './timer-model.js';
import type { TimerPlaces } from './timer-place.js';
import { TIMER_TEXTS } from './timer-texts.js';

/** Draws it where the panel has its place. */
export function TimerEditor({
  modeler,
  places,
  files,
}: {
  readonly modeler: Modelling;
  readonly places: TimerPlaces;
  readonly files: Readonly<Record<string, string>>;
}): ReactNode {
  const place = useSyncExternalStore(places.subscribe, places.now);
  const [, setTurn] = useState(0);
  useEffect(() => {
    const hear = (): void => setTurn((turn) => turn + 1);
    modeler.on('commandStack.changed', hear);
    return () => modeler.off('commandStack.changed', hear);
  }, [modeler]);
  const timer = place && timerOf(modeler, place.elementId);
  if (!place || !timer) return null;
  const change = (form: SetTimer): void => changeTimer(modeler, place.elementId, writeTimer(form));
  return createPortal(
    <Timer key={place.elementId} {...{ timer, files, change }} />,
    place.node,
    place.elementId,
  );
}

type Change = (form: SetTimer) => void;

function Timer({
  timer,
  files,
  change,
}: {
  readonly timer: ModelTimer;
  readonly files: Readonly<Record<string, string>>;
  readonly change: Change;
}): ReactNode {
  const say = useTexts(TIMER_TEXTS);
  const { written, zone } = timer;
  const described = files['process.yaml'] ?? '';
  const calendars = useQuery({
    queryKey: ['designer', 'calendars', described],
    queryFn: () => calendarsIn({ 'process.yaml': described }).catch(() => ({})),
  });
  const known = calendars.data ?? {};
  const form = written && readTimer(written);
  const kinds = [
    ...(form === null ? [{ value: '', label: say('none') }] : []),
    { value: 'date', label: say('date') },
    ...(timer.mayLast ? [{ value: 'after', label: say('after') }] : []),
    ...(timer.mayRepeat ? [{ value: 'every', label: say('every') }] : []),
    ...(form?.kind === 'written' ? [{ value: 'written', label: say('written') }] : []),
  ];
  const value = form?.kind === 'afterOpen' ? 'after' : (form?.kind ?? '');
  return (
    <Stack gap={6} p={8} className="designer-timer">
      <NativeSelect
        size="xs"
        label={say('when')}
        data={kinds}
        value={value}
        onChange={({ currentTarget }) => {
          const begun = BEGINNINGS[currentTarget.value];
          if (begun) change(begun());
        }}
      />
      {form?.kind === 'date' && (
        <TextInput
          size="xs"
          type="datetime-local"
          label={say('at', { zone })}
          value={form.at}
          onChange={({ currentTarget: { value: at } }) => {
            if (at !== '') change({ kind: 'date', at: at.slice(0, 16) });
          }}
        />
      )}
      {(form?.kind === 'after' || form?.kind === 'afterOpen' || form?.kind === 'every') && (
        <Length {...{ form, change }} calendars={Object.keys(known)} />
      )}
      {form?.kind === 'every' && (
        <Count
          label={say('times')}
          placeholder={say('endless')}
          value={form.times}
          most={MOST_TIMES}
          change={(times) => change({ ...form, times })}
        />
      )}
      {form?.kind === 'written' && <Text size="xs">{say('writtenAbout')}</Text>}
      {form && written && <ComesTo {...{ written, form, zone }} calendars={known} />}
    </Stack>
  );
}

const MOST_TIMES = 99_999;
const MOST_COUNT = 999;

/** With what each kind begins. */
const BEGINNINGS: Readonly<Record<string, () => SetTimer>> = {
  date: () => ({ kind: 'date', at: `${tomorrow()}T09:00` }),
  after: () => ({ kind: 'after', count: 1, unit: 'day' }),
  every: () => ({ kind: 'every', count: 1, unit: 'day', times: null }),
};

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

const isBusiness = (unit: string): unit is BusinessUnit =>
  (BUSINESS_UNITS as readonly string[]).includes(unit);

/** A number and a unit; business units are there where the package has a calendar. */
function Length({
  form,
  calendars,
  change,
}: {
  readonly form: Extract<SetTimer, { readonly count: number }>;
  readonly calendars: readonly string[];
  readonly change: Change;
}): ReactNode {
  const say = useTexts(TIMER_TEXTS);
  const isOpen = form.kind === 'afterOpen';
  const [first] = calendars;
  const units =
    form.kind === 'every' || (first === undefined && !isOpen)
      ? PLAIN_UNITS
      : [...PLAIN_UNITS, ...BUSINESS_UNITS];
  const choose = (unit: string): void => {
    const { count } = form;
    if (isBusiness(unit)) {
      const calendar = isOpen ? form.calendar : (first ?? '');
      change({ kind: 'afterOpen', count, unit, calendar });
    } else if (form.kind === 'every') change({ ...form, unit: unit as PlainUnit });
    else change({ kind: 'after', count, unit: unit as PlainUnit });
  };
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-end">
        <Count
          label={say('count')}
          value={form.count}
          most={MOST_COUNT}
          change={(count) => {
            if (count !== null) change({ ...form, count });
          }}
        />
        <NativeSelect
          size="xs"
          flex={1}
          label={say('unit')}
          data={units.map((unit) => ({ value: unit, label: say(`unit_${unit}`) }))}
          value={form.unit}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
      </Group>
      {isOpen && (
        <NativeSelect
          size="xs"
          label={say('calendar')}
          data={[...new Set([form.calendar, ...calendars])]}
          value={form.calendar}
          onChange={({ currentTarget }) => change({ ...form, calendar: currentTarget.value })}
        />
      )}
    </>
  );
}

/** A whole number from 1; empty is null, and what is no such number is not heard. */
function Count({
  label,
  placeholder,
  value,
  most,
  change,
}: {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: number | null;
  readonly most: number;
  readonly change: (count: number | null) => void;
}): ReactNode {
  return (
    <NumberInput
      size="xs"
      flex={1}
      label={label}
      {...(placeholder !== undefined && { placeholder })}
      min={1}
      max={most}
      allowDecimal={false}
      value={value ?? ''}
      onChange={(typed) => {
        const count = typed === '' ? null : Number(typed);
        if (count !== value && (count === null || (count >= 1 && count <= most))) change(count);
      }}
    />
  );
}
