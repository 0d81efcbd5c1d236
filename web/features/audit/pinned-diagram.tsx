/** The diagram of an instance as it was when it ran: to look at, moved by the mouse. */
import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/ask.js';
import { Diagram, type Standing } from '../../parts/diagram/diagram.js';
import { Loaded } from '../../parts/loaded.js';

const NOTHING_STANDS: ReadonlyMap<string, Standing> = new Map();
const nothing = (): void => {};

/** Shows it. */
export function PinnedDiagram({
  caseId,
  instanceId,
  label,
}: {
  readonly caseId: string;
  readonly instanceId: string;
  readonly label: string;
}): ReactNode {
  const query = useQuery({
    queryKey: ['case-diagram', caseId, instanceId],
    queryFn: ({ signal }) =>
      ask<{ readonly xml: string }>(
        `/api/v1/cases/${caseId}/diagram?instanceId=${encodeURIComponent(instanceId)}`,
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Box mt="sm">
      <Loaded query={query}>
        {({ xml }) => (
          <Diagram
            {...{ xml, label, standing: NOTHING_STANDS, selected: null }}
            onSelect={nothing}
          />
        )}
      </Loaded>
    </Box>
  );
}
