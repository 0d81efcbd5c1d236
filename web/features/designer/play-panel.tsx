import {
  Alert,
  Badge,
  Button,
  Group,
  JsonInput,
  Paper,
  Select,
  Slider,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Played, PlayShown } from '../../../contracts/designer.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { exactly } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, keepPlay, play, type Script } from './api.js';
import type { Painting } from './draft-page.js';
import type { Files } from './saving.js';
import { DESIGNER_TEXTS } from './texts.js';

const DAY_MS = 86_400_000;
/** Days that the slider of the clock spans. */
const DAYS = 60;
const EMPTY: Script = { now: '2026-01-05T12:00:00Z', jobs: {}, acts: [] };

/** Plays the draft: what was done so far, what waits, and a clock. */
export function PlayPanel({
  draftId,
  files,
  paint,
  isReadOnly,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly paint: (painting: Painting | null) => void;
  readonly isReadOnly: boolean;
}): ReactNode {
  const [script, setScript] = useState<Script>(() => keptIn(draftId));
  const set = (next: Script): void => {
    window.sessionStorage.setItem(nameOf(draftId), JSON.stringify(next));
    setScript(next);
  };
  const act = (one: Readonly<Record<string, unknown>>): void =>
    set({ ...script, acts: [...script.acts, one] });
  return script.acts.length === 0 ? (
    <Beginning script={script} files={files} begin={set} />
  ) : (
    <Playing
      {...{ draftId, files, paint, isReadOnly, script, act }}
      rewind={(acts) => set({ ...script, acts })}
    />
  );
}

const nameOf = (draftId: string): string => `jornada-play-${draftId}`;

function keptIn(draftId: string): Script {
  const text = window.sessionStorage.getItem(nameOf(draftId));
  return text === null ? EMPTY : (JSON.parse(text) as Script);
}

interface Sample {
  readonly value: string;
  readonly label: string;
  readonly script: Script;
}

/** Scenarios as beginnings: their clock, their answers, how they start. */
async function samplesIn(texts: Readonly<Record<string, string>>): Promise<readonly Sample[]> {
  // YAML and the format of scenarios are read where somebody plays, and nowhere else.
  const { parse } = await import('yaml');
  return Object.entries(texts)
    .filter(([path]) => /^scenarios\/.*\.ya?ml$/.test(path))
    .flatMap(([path, text]) => {
      const all = [parse(text) as unknown].flat() as readonly Record<string, never>[];
      return all.flatMap((one, index) => {
        const { name, now = EMPTY.now, jobs = {}, steps = [] } = one;
        const start = (steps as readonly Record<string, unknown>[]).find((step) => 'start' in step);
        if (!start) return [];
        const script = { now, jobs, acts: [start] } as Script;
        return [{ value: `${path} ${index}`, label: String(name), script }];
      });
    });
}

function Beginning({
  script,
  files,
  begin,
}: {
  readonly script: Script;
  readonly files: Files;
  readonly begin: (script: Script) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const samples = useQuery({
    queryKey: ['designer', 'samples', files.saves],
    queryFn: () => samplesIn(files.texts).catch(() => []),
    placeholderData: keepPreviousData,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [jobs, setJobs] = useState(JSON.stringify(script.jobs, null, 2));
  const [start, setStart] = useState('{ "start": {} }');
  const [now, setNow] = useState(script.now);
  const choose = (value: string | null): void => {
    setChosen(value);
    const sample = samples.data?.find((one) => one.value === value)?.script;
    if (!sample) return;
    setJobs(JSON.stringify(sample.jobs, null, 2));
    setStart(JSON.stringify(sample.acts[0], null, 2));
    setNow(sample.now);
  };
  const isSound = isJson(jobs) && isJson(start);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound) begin({ now, jobs: JSON.parse(jobs), acts: [JSON.parse(start)] });
      }}
    >
      <Stack gap="sm">
        <Select
          label={say('from')}
          data={samples.data?.map(({ value, label }) => ({ value, label })) ?? []}
          value={chosen}
          onChange={choose}
          searchable
          comboboxProps={{ withinPortal: true }}
        />
        <TextInput
          label={say('clock')}
          value={now}
          onChange={({ currentTarget }) => setNow(currentTarget.value)}
        />
        <JsonInput
          label={say('startAct')}
          value={start}
          onChange={setStart}
          validationError={say('badJson')}
          autosize
          minRows={3}
          maxRows={10}
        />
        <JsonInput
          label={say('services')}
          value={jobs}
          onChange={setJobs}
          validationError={say('badJson')}
          autosize
          minRows={3}
          maxRows={10}
        />
        <Button type="submit" disabled={!isSound}>
          {say('start')}
        </Button>
      </Stack>
    </form>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface PlayingProps {
  readonly draftId: string;
  readonly files: Files;
  readonly paint: (painting: Painting | null) => void;
  readonly isReadOnly: boolean;
  readonly script: Script;
  readonly act: (one: Readonly<Record<string, unknown>>) => void;
  readonly rewind: (acts: Script['acts']) => void;
}

function Playing({
  draftId,
  files,
  paint,
  isReadOnly,
  script,
  act,
  rewind,
}: PlayingProps): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const query = useQuery({
    queryKey: [...KEYS.draft(draftId), 'play', files.saves, script],
    queryFn: ({ signal }) => play(draftId, script, signal),
    placeholderData: keepPreviousData,
  });
  const shown = query.data?.play ?? null;
  useEffect(() => {
    paint(shown && paintingOf(shown));
  }, [shown, paint]);
  useEffect(() => () => paint(null), [paint]);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => rewind([])}>
          {say('again')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => rewind(script.acts.slice(0, -1))}
        >
          {say('back')}
        </Button>
      </Group>
      <Loaded query={query}>
        {(played: Played) =>
          played.play === null ? (
            <Alert color="red" title={say('cannotPlay')}>
              {played.findings.map(({ message }) => (
                <Text key={message} size="sm">
                  {message}
                </Text>
              ))}
            </Alert>
          ) : (
            <Standing shown={played.play} script={script} act={act} rewind={rewind} />
          )
        }
      </Loaded>
      {!isReadOnly && shown && <Keeping draftId={draftId} files={files} script={script} />}
    </Stack>
  );
}

/** Tokens and what was reached, of all processes: ids of elements are of one model mostly. Class: pure. */
function paintingOf({ tokens, reached }: PlayShown): Painting {
  const counts: Record<string, number> = {};
  for (const { elementId } of tokens) counts[elementId] = (counts[elementId] ?? 0) + 1;
  const all = Object.values(reached).flatMap((one) => Object.keys(one));
  return { tokens: counts, reached: new Set(all), elements: null };
}

function Standing({
  shown,
  script,
  act,
  rewind,
}: {
  readonly shown: PlayShown;
  readonly script: Script;
  readonly act: PlayingProps['act'];
  readonly rewind: PlayingProps['rewind'];
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { problem, tasks, jobs, waits, timers, incidents, timeline } = shown;
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
  return (
    <Stack gap="sm">
      <section aria-label={say('clock')}>
        <Text size="sm" fw={600} role="status">
          {say('clockAt', { at: exactly(shown.at, locale) })}
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
          <Button size="xs" variant="light" onClick={() => until(Date.parse(shown.nextAt ?? ''))}>
            {say('goNext')}: {exactly(shown.nextAt, locale)}
          </Button>
        )}
      </section>
      {problem && (
        <Alert color="red" role="alert">
          {say('broken', {
            expected: JSON.stringify(problem.expected),
            actual: JSON.stringify(problem.actual),
          })}
        </Alert>
      )}
      {incidents.map(({ elementId, code, message }) => (
        <Alert key={elementId + code} color="red" title={`${say('incidents')}: ${elementId}`}>
          <Text size="sm">
            {code}: {message}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            mt={4}
            onClick={() => act({ resolve: { element: elementId } })}
          >
            {say('resolve')}
          </Button>
        </Alert>
      ))}
      {tasks.map(({ taskId, elementId, name, formId, dueAt }) => (
        <Waiting
          key={taskId}
          title={name ?? elementId}
          about={[formId, dueAt && exactly(dueAt, locale)].filter(Boolean).join(' · ')}
          label={say('variables')}
          button={say('complete')}
          send={(variables) => act({ complete: { task: elementId, variables } })}
        />
      ))}
      {jobs.map(({ jobId, elementId, type }) => (
        <Waiting
          key={jobId}
          title={type}
          about={elementId}
          label={say('answerJson')}
          button={say('answer')}
          send={(complete) => act({ job: { element: elementId, answer: { complete } } })}
        />
      ))}
      <section aria-labelledby="play-waits">
        <Title order={3} size="h6" id="play-waits">
          {say('waits')}
        </Title>
        {waits.length + timers.length === 0 && <Text size="sm">{say('nothingWaits')}</Text>}
        {timers.map(({ elementId, dueAt }) => (
          <Text key={`${elementId} ${dueAt}`} size="sm">
            {exactly(dueAt, locale)} · {elementId}
          </Text>
        ))}
        {waits.map(({ elementId, kind, name }) => (
          <Text key={`${elementId} ${kind} ${name}`} size="sm">
            {name} · {elementId}
          </Text>
        ))}
      </section>
      <section aria-labelledby="play-happened">
        <Title order={3} size="h6" id="play-happened">
          {say('happened')}
        </Title>
        <ol className="designer-timeline">
          {timeline
            .slice(-40)
            .toReversed()
            .map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own, and only come.
              <li key={timeline.length - index}>
                <Text size="xs" component="div">
                  <span className="app-number">{exactly(entry.at, locale)}</span>{' '}
                  <Badge size="xs" variant="light" color="gray">
                    {entry.kind}
                  </Badge>{' '}
                  {entry.name ?? entry.elementId}
                </Text>
              </li>
            ))}
        </ol>
      </section>
    </Stack>
  );
}

/** Something that waits for an answer. */
function Waiting({
  title,
  about,
  label,
  button,
  send,
}: {
  readonly title: string;
  readonly about: string;
  readonly label: string;
  readonly button: string;
  readonly send: (value: unknown) => void;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const [text, setText] = useState('{}');
  return (
    <Paper withBorder p="xs" component="article" aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
      <JsonInput
        label={label}
        value={text}
        onChange={setText}
        validationError={say('badJson')}
        autosize
        minRows={1}
        maxRows={8}
        size="xs"
      />
      <Button size="xs" mt="xs" disabled={!isJson(text)} onClick={() => send(JSON.parse(text))}>
        {button}
      </Button>
    </Paper>
  );
}

function Keeping({
  draftId,
  files,
  script,
}: {
  readonly draftId: string;
  readonly files: Files;
  readonly script: Script;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const tell = useNotice();
  const [name, setName] = useState('');
  const keep = useMutation({
    mutationFn: () => {
      const word =
        name
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'play';
      return keepPlay(draftId, `scenarios/${word}.yaml`, name, script);
    },
    onSuccess: (file) => {
      files.took(file);
      tell('good', say('kept', { file: file.path }));
      setName('');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate();
      }}
    >
      {keep.error && <ProblemAlert error={keep.error} />}
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={say('keepName')}
          value={name}
          required
          maxLength={100}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" loading={keep.isPending}>
          {say('keep')}
        </Button>
      </Group>
    </form>
  );
}
