import { Box, Center, Loader, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { ProblemAlert } from './problem-alert.js';
import { PARTS_TEXTS } from './texts.js';

/** Shows what was read; until then that it is read, and else why it is not. What was read before stays shown. */
export function Loaded<T>({
  query,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  const { data, error, isPending } = query;
  if (isPending) {
    return (
      <Center mih={160} role="status">
        <Loader />
        <VisuallyHidden>{say('loading')}</VisuallyHidden>
      </Center>
    );
  }
  return (
    <>
      {error && (
        <Box mb="md">
          <ProblemAlert error={error} again={() => void query.refetch()} />
        </Box>
      )}
      {data !== undefined && children(data)}
    </>
  );
}
