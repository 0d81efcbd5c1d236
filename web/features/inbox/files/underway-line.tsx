import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../../api/problem.js';
import { useTexts } from '../../../texts/texts.js';
import { FILE_TEXTS } from './file-texts.js';
import type { Underway } from './use-uploads.js';

/** Codes that are told in the language of whoever reads. */
const KNOWN = {
  ATTACHMENT_NAME: 'badName',
  ATTACHMENT_TOO_LARGE: 'tooLarge',
  ATTACHMENT_TYPE: 'badKind',
  ATTACHMENTS_TOO_MANY: 'full',
  OFFLINE: 'offline',
  TASK_OVER: 'over',
} as const;

/** A file on its way: how far it is, or why it was not taken. */
export function UnderwayLine({
  one: { name, part, problem },
  limits,
  drop,
}: {
  readonly one: Underway;
  readonly limits: Readonly<Record<'most' | 'size', string | number>>;
  readonly drop: () => void;
}): ReactNode {
  const say = useTexts(FILE_TEXTS);
  if (!problem) {
    return (
      <div>
        <Text size="sm">{name}</Text>
        <Progress
          value={part * 100}
          aria-label={say('sending', { name })}
          aria-valuetext={`${Math.round(part * 100)} %`}
        />
      </div>
    );
  }
  const code = problem instanceof ApiProblem ? problem.code : '';
  const key = Object.hasOwn(KNOWN, code) ? KNOWN[code as keyof typeof KNOWN] : null;
  const detail = problem instanceof ApiProblem ? problem.detail : String(problem);
  return (
    <Alert color="red" title={say('notAttached', { name })} role="alert">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{key ? say(key, limits) : detail}</Text>
        <Button size="compact-sm" variant="default" onClick={drop}>
          {say('dismiss')}
        </Button>
      </Group>
    </Alert>
  );
}
