import { Stack, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useTexts } from '../texts/texts.js';
import { APP_TEXTS } from './texts.js';

/** A page that broke: what went wrong, and a way on. The areas beside it still work. */
export function ErrorPage({ error }: ErrorComponentProps): ReactNode {
  const say = useTexts(APP_TEXTS);
  return (
    <Stack>
      <Title order={1} size="h3">
        {say('broken')}
      </Title>
      <ProblemAlert error={error} again={() => window.location.reload()} />
    </Stack>
  );
}
