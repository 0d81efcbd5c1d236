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
import { Waiting } from './waiting.js';

/** Where a play stands: its clock, what it waits for, what can be done. */
export function Standing({
  shown,
  script,
  act,
  rewind,
}: {
  readonly shown: PlayShown;
  readonly script: Script;
  readonly act: Act;
  readonly rewind: Rewind;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { problem, tasks, jobs, waits, timers, incidents, timeline } = shown;
  return (
    <Stack gap="sm">
      <Clock {...{ shown, script, rewind }} />
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
      <Happened timeline={timeline} />
    </Stack>
  );
}
