import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { Clock } from './clock.js';
import { Happened } from './happened.js';
import { useNames } from './names.js';
import type { Act, Rewind } from './script.js';
import { TaskAnswer } from './task-answer.js';
import { PLAY_TEXTS } from './texts.js';
import { JsonAnswer, Waiting } from './waiting.js';

/** Where a play stands: its clock, what it waits for, what can be done. */
export function Standing({
  shown,
  texts,
  script,
  act,
  rewind,
}: {
  readonly shown: PlayShown;
  /** Files of the draft. */
  readonly texts: Readonly<Record<string, string>>;
  readonly script: Script;
  readonly act: Act;
  readonly rewind: Rewind;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const sayPlay = useTexts(PLAY_TEXTS);
  const { nameOf, isNamed } = useNames(texts);
  const { problem, tokens, tasks, jobs, waits, timers, incidents, timeline } = shown;
  const refused = refusedTask(shown, script);
  return (
    <Stack gap="sm">
      <Clock {...{ shown, script, rewind, nameOf }} />
      <section aria-labelledby="play-tokens">
        <Title order={3} size="h6" id="play-tokens">
          {sayPlay('tokens')}
        </Title>
        <Text size="sm">{standingIn(tokens, nameOf) || sayPlay('noTokens')}</Text>
      </section>
      {problem && refused === null && (
        <Alert color="red" role="alert">
          {say('broken', {
            expected: JSON.stringify(problem.expected),
            actual: JSON.stringify(problem.actual),
          })}
        </Alert>
      )}
      {incidents.map(({ elementId, code, message }) => (
        <Alert
          key={elementId + code}
          color="red"
          title={sayPlay('stopped', { place: nameOf(elementId) })}
        >
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
      {tasks.map((task) => (
        <TaskAnswer
          key={task.taskId}
          {...{ task, texts }}
          refusal={refused === task.elementId ? String(problem?.actual) : null}
          send={(completion) => act({ complete: { task: task.elementId, ...completion } })}
        />
      ))}
      {jobs.map(({ jobId, elementId, type }) => (
        <Waiting
          key={jobId}
          title={sayPlay('job', { place: nameOf(elementId) })}
          about={sayPlay('jobAbout', { type })}
        >
          <JsonAnswer
            label={say('answerJson')}
            button={say('answer')}
            send={(complete) => act({ job: { element: elementId, answer: { complete } } })}
          />
        </Waiting>
      ))}
      <section aria-labelledby="play-waits">
        <Title order={3} size="h6" id="play-waits">
          {say('waits')}
        </Title>
        {waits.length + timers.length === 0 && <Text size="sm">{say('nothingWaits')}</Text>}
        {timers.map(({ elementId, dueAt }) => (
          <Text key={`${elementId} ${dueAt}`} size="sm">
            {sayPlay('isDue', { place: nameOf(elementId), at: exactly(dueAt, locale) })}
          </Text>
        ))}
        {waits.map(({ elementId, kind, name }) => (
          <Text key={`${elementId} ${kind} ${name}`} size="sm">
            {sayPlay(kind === 'signal' ? 'waitsSignal' : 'waitsMessage', {
              ...{ place: nameOf(elementId), name },
            })}
          </Text>
        ))}
      </section>
      <Happened {...{ timeline, nameOf, isNamed }} />
    </Stack>
  );
}

/** Names of what has tokens, each once, with how many where there are several. Class: pure. */
function standingIn(tokens: PlayShown['tokens'], nameOf: (id: string) => string): string {
  const counts = new Map<string, number>();
  for (const { elementId } of tokens) counts.set(elementId, (counts.get(elementId) ?? 0) + 1);
  return [...counts]
    .map(([id, count]) => (count === 1 ? nameOf(id) : `${nameOf(id)} (${count})`))
    .join(' · ');
}

/** The task that did not take what was sent to it, if it still waits: what was wrong is told where it is mended. Class: pure. */
function refusedTask({ problem, tasks }: PlayShown, { acts }: Script): string | null {
  const { complete } = (problem && acts[problem.act]) ?? {};
  const meant = (complete as { readonly task?: string } | undefined)?.task;
  return tasks.find(({ elementId }) => elementId === meant)?.elementId ?? null;
}
