import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PlayShown } from '../../../../contracts/designer.js';
import { exactly } from '../../../parts/time.js';
import { useLocale, useTexts } from '../../../texts/texts.js';
import type { Script } from '../api.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { Clock } from './clock.js';
import { Happened } from './happened.js';
import type { Act, Rewind } from './script.js';
import { TaskAnswer } from './task-answer.js';
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
  const { problem, tasks, jobs, waits, timers, incidents, timeline } = shown;
  const refused = refusedTask(shown, script);
  return (
    <Stack gap="sm">
      <Clock {...{ shown, script, rewind }} />
      {problem && refused === null && (
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
      {tasks.map((task) => (
        <TaskAnswer
          key={task.taskId}
          {...{ task, texts }}
          refusal={refused === task.elementId ? String(problem?.actual) : null}
          send={(completion) => act({ complete: { task: task.elementId, ...completion } })}
        />
      ))}
      {jobs.map(({ jobId, elementId, type }) => (
        <Waiting key={jobId} title={type} about={elementId}>
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
            {exactly(dueAt, locale)} · {elementId}
          </Text>
        ))}
        {waits.map(({ elementId, kind, name }) => (
          <Text key={`${elementId} ${kind} ${name}`} size="sm">
            {name} · {elementId}
          </Text>
        ))}
      </section>
      <Happened timeline={timeline} />
    </Stack>
  );
}

/** The task that did not take what was sent to it, if it still waits: what was wrong is told where it is mended. Class: pure. */
function refusedTask({ problem, tasks }: PlayShown, { acts }: Script): string | null {
  const { complete } = (problem && acts[problem.act]) ?? {};
  const meant = (complete as { readonly task?: string } | undefined)?.task;
  return tasks.find(({ elementId }) => elementId === meant)?.elementId ?? null;
}
