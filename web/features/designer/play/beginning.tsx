import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { FormHandle } from '../../../parts/form/task-form.js';
import { localOf } from '../../../parts/local-time.js';
import { useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import type { Files } from '../saving.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { formIn } from './example.js';
import { JsonField } from './json-field.js';
import { plainStartIn } from './plain-start.js';
import { samplesIn } from './samples.js';
import { isJson } from './script.js';
import { StartWay, type Way } from './start-way.js';
import { besideForm, isBy, readStart, startWith } from './starts.js';
import { PLAY_TEXTS } from './texts.js';

interface BeginningProps {
  readonly packageKey: string;
  readonly script: Script;
  readonly files: Files;
  readonly begin: (script: Script) => void;
}

/** Asks with what a play begins: a scenario or an example, or a clock, a start and answers of services. */
export function Beginning({ packageKey, script, files, begin }: BeginningProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPlay = useTexts(PLAY_TEXTS);
  const { texts, saves } = files;
  const samples = useQuery({
    queryKey: ['designer', 'samples', packageKey, saves],
    queryFn: () => samplesIn(texts).catch(() => []),
    placeholderData: keepPreviousData,
  });
  const plain = useMemo(() => plainStartIn(texts, packageKey), [texts, packageKey]);
  const formId = plain?.formId ?? null;
  const schema = useMemo(() => (formId === null ? null : formIn(texts, formId)), [texts, formId]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [jobs, setJobs] = useState(JSON.stringify(script.jobs, null, 2));
  const [start, setStart] = useState(startWith({}));
  const [clock, setClock] = useState({ now: script.now, shown: localOf(script.now) });
  const [wanted, setWay] = useState<Way>('form');
  const [turn, setTurn] = useState(0);
  const [isWrong, setWrong] = useState(false);
  const handle = useRef<FormHandle | null>(null);
  const isForForm = (text: string): boolean =>
    schema !== null && plain !== null && isBy(plain, readStart(text));
  const go = (way: Way): void => {
    setWay(way);
    setTurn(turn + 1);
    setWrong(false);
  };
  const offered = samples.data?.filter(({ kind }) => plain !== null || kind === 'scenario') ?? [];
  const choose = (value: string | null): void => {
    setChosen(value);
    const sample = offered.find((one) => one.value === value)?.script;
    if (!sample) return;
    const text = JSON.stringify(sample.acts[0], null, 2);
    setJobs(JSON.stringify(sample.jobs, null, 2));
    setStart(text);
    setClock({ now: sample.now, shown: localOf(sample.now) });
    go(isForForm(text) ? 'form' : 'sample');
  };
  const ways: readonly Way[] = [
    ...(schema ? (['form'] as const) : []),
    ...(chosen !== null && !isForForm(start) ? (['sample'] as const) : []),
    'json',
  ];
  const way = ways.includes(wanted) ? wanted : 'json';
  const isSound = isJson(jobs) && (way === 'form' || isJson(start)) && clock.now !== '';
  const submit = (): void => {
    const filled = way === 'form' && schema ? (handle.current?.submit() ?? null) : {};
    setWrong(filled === null);
    if (filled === null) return;
    const beside = schema && besideForm(schema, readStart(start)?.variables ?? {});
    const text = way === 'form' ? startWith({ ...beside, ...filled }) : start;
    begin({ now: clock.now, jobs: JSON.parse(jobs), acts: [JSON.parse(text)] });
  };
  return (
    <Stack gap="sm">
      {offered.length > 0 && (
        <Select
          label={say('from')}
          data={(['example', 'scenario'] as const).map((kind) => ({
            group: sayPlay(kind === 'example' ? 'examples' : 'scenarios'),
            items: offered.filter((one) => one.kind === kind),
          }))}
          value={chosen}
          onChange={choose}
          searchable
          comboboxProps={{ withinPortal: true }}
        />
      )}
      <TextInput
        type="datetime-local"
        label={sayPlay('clockBegins')}
        max="9999-12-31T23:59"
        required
        value={clock.shown}
        onChange={({ currentTarget: { value } }) =>
          setClock({ now: value && new Date(value).toISOString(), shown: value })
        }
      />
      <StartWay
        {...{ ways, way, choose: go, schema, start, turn, handle }}
        change={(text) => {
          setStart(text);
          setWrong(false);
        }}
      />
      <details>
        <summary>
          <Text span size="sm">
            {sayPlay('serviceAnswers', { number: countIn(jobs) })}
          </Text>
        </summary>
        <JsonField
          mt="xs"
          label={say('services')}
          value={jobs}
          onChange={setJobs}
          minRows={3}
          maxRows={10}
        />
      </details>
      {isWrong && (
        <Text size="xs" role="alert" c="var(--mantine-color-error)">
          {say('formWrong')}
        </Text>
      )}
      <Button disabled={!isSound} onClick={submit}>
        {say('start')}
      </Button>
    </Stack>
  );
}

const countIn = (jobs: string): number =>
  isJson(jobs) ? Object.keys(JSON.parse(jobs) ?? {}).length : 0;
