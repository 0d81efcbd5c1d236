import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../../api/problem.js';
import { useTexts } from '../../../texts/texts.js';
import { Crossed } from '../meanwhile.js';
import { TASK_TEXTS } from '../task-texts.js';

/** Why an act was not done: somebody was first, or what the server says. */
export function Refused({ error }: { readonly error: Error | null }): ReactNode {
  const say = useTexts(TASK_TEXTS);
  if (!error) return null;
  const isOld = error instanceof ApiProblem && error.status === 412 && error.meanwhile.length === 0;
  if (!isOld) return <Crossed error={error} />;
  return (
    <Alert color="yellow" title={say('changed')} role="alert">
      <Text size="sm">{say('changedAbout')}</Text>
    </Alert>
  );
}
