/** An expression, tried out while it is written: its value for sample data, or why there is none; and the function in it. */
import { CloseButton, Code, Group, JsonInput, NativeSelect, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Calendars } from '../../../../engine/calendars/index.js';
import { type Evaluation, evaluate } from '../../../../engine/expressions/index.js';
import { isContext, own } from '../../../../engine/model/index.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import { calendarsIn } from '../calendars-in.js';
import { samplesIn } from '../play/samples.js';
import { parametersOf } from './completions.js';
import { FEEL_TEXTS } from './feel-texts.js';
import { FUNCTIONS } from './functions.js';
import { useLookedAt } from './looked-at.js';

interface Surroundings {
  readonly zone: string;
  readonly calendars: Readonly<Record<string, Calendars>>;
}

/** Shows it below the panel, once somebody is at an expression. */
export function TryOut({
  panel,
  files,
  zone,
}: {
  readonly panel: HTMLElement | null;
  readonly files: Readonly<Record<string, string>>;
  /** IANA zone of the process that is drawn. */
  readonly zone: () => string;
}): ReactNode {
  const say = useTexts(FEEL_TEXTS);
  const looked = useLookedAt(panel);
  const place = useRef<HTMLElement>(null);
  const [closed, setClosed] = useState<HTMLElement | null>(null);
  const [data, setData] = useState('{}');
  const described = files['process.yaml'] ?? '';
  const calendars = useQuery({
    queryKey: ['designer', 'calendars', described],
    queryFn: () => calendarsIn({ 'process.yaml': described }).catch(() => ({})),
  });
  useEffect(() => {
    const toHelp = (event: KeyboardEvent): void => {
      if (event.key !== 'F1' || !place.current) return;
      event.preventDefault();
      place.current.focus();
    };
    panel?.addEventListener('keydown', toHelp);
    return () => panel?.removeEventListener('keydown', toHelp);
  }, [panel]);
  if (!looked || looked.field === closed) return null;
  const surroundings = { zone: zone(), calendars: calendars.data ?? {} };
  return (
    <section
      ref={place}
      tabIndex={-1}
      className="designer-feel"
      aria-label={say('title')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') looked.field.focus();
      }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {say('title')}
        </Text>
        <CloseButton size="sm" aria-label={say('close')} onClick={() => setClosed(looked.field)} />
      </Group>
      <Stack gap={6}>
        <Value source={looked.source} data={data} {...surroundings} />
        <Samples {...{ files, data, setData }} />
        {looked.name !== null && <About name={looked.name} {...surroundings} />}
      </Stack>
    </section>
  );
}

function Value({
  source,
  data,
  zone,
  calendars,
}: Surroundings & { readonly source: string; readonly data: string }): ReactNode {
  const found = useMemo(
    () => (source.trim() === '' ? null : evaluated(source, data, { zone, calendars })),
    [source, data, zone, calendars],
  );
  if (found === null) return null;
  return (
    <div role="status">
      {found.ok ? (
        <Code block>= {JSON.stringify(found.value, null, 1)}</Code>
      ) : (
        <Text size="xs" c="var(--mantine-color-error)">
          {found.code}: {found.message}
        </Text>
      )}
    </div>
  );
}

/** What is no JSON holds no variable. */
function evaluated(source: string, data: string, surroundings: Surroundings): Evaluation {
  const variables = parsed(data);
  return evaluate(source, {
    ...{ ...surroundings, at: new Date().toISOString(), seed: 'designer' },
    lookup: (name) => (isContext(variables) ? own(variables, name) : undefined),
  });
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Data of a scenario, of an example, or of one's own. */
function Samples({
  files,
  data,
  setData,
}: {
  readonly files: Readonly<Record<string, string>>;
  readonly data: string;
  readonly setData: (data: string) => void;
}): ReactNode {
  const say = useTexts(FEEL_TEXTS);
  const samples = useQuery({
    queryKey: ['designer', 'feel-samples', files],
    queryFn: () => samplesIn(files).catch(() => []),
    placeholderData: keepPreviousData,
  });
  const [chosen, setChosen] = useState('');
  const choose = (value: string): void => {
    setChosen(value);
    const [first] = samples.data?.find((one) => one.value === value)?.script.acts ?? [];
    const start = first?.start as { readonly variables?: object } | null | undefined;
    setData(JSON.stringify(start?.variables ?? {}, null, 1));
  };
  return (
    <>
      <NativeSelect
        size="xs"
        label={say('sample')}
        data={[
          { value: '', label: say('ownData') },
          ...(samples.data ?? []).map(({ value, label }) => ({ value, label })),
        ]}
        value={chosen}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      <JsonInput
        size="xs"
        label={say('data')}
        value={data}
        onChange={setData}
        validationError={say('badJson')}
        autosize
        minRows={1}
        maxRows={6}
      />
    </>
  );
}

/** A function: how it is called, what it does, and what its example comes to. */
function About({ name, zone, calendars }: Surroundings & { readonly name: string }): ReactNode {
  const say = useTexts(FEEL_TEXTS);
  const locale = useLocale();
  const { example, about } = FUNCTIONS[name] ?? { example: '', about: null };
  // Examples go by a calendar of that name; a package has those that it has.
  const [calendar = 'office'] = Object.keys(calendars);
  const shown = example.replace('"office"', `"${calendar}"`);
  return (
    <article aria-label={say('aboutFunction', { name })}>
      <Text size="xs" fw={600} ff="monospace">
        {name}({parametersOf(name).join(', ')})
      </Text>
      <Text size="xs">{about?.[locale]}</Text>
      <Text size="xs" mt={4}>
        {say('example')} <Code>{shown}</Code>
      </Text>
      <Value source={shown} data="{}" {...{ zone, calendars }} />
    </article>
  );
}
