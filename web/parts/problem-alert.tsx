import { Alert, Button, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useTexts } from '../texts/texts.js';
import { PARTS_TEXTS } from './texts.js';

/** Says what went wrong, and by what it is found; with a way on, where there is one. */
export function ProblemAlert({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<CircleAlert aria-hidden />}
      title={titleOf(problem, say)}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem ? `${problem.code}: ${problem.detail}` : String(error)}</Text>
        {problem?.requestId && (
          <Text size="xs" c="dimmed">
            {say('number', { id: problem.requestId })}
          </Text>
        )}
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            {say('again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function titleOf(
  problem: ApiProblem | null,
  say: (key: 'offline' | 'forbidden' | 'missing' | 'refused' | 'failed') => string,
): string {
  if (problem?.code === 'OFFLINE') return say('offline');
  if (problem?.status === 403) return say('forbidden');
  if (problem?.status === 404) return say('missing');
  // What was sent did not fit, or somebody was first: the server is well.
  const isRefused = problem !== null && problem.status >= 400 && problem.status < 500;
  return say(isRefused ? 'refused' : 'failed');
}
