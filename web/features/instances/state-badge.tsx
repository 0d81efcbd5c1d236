import { Badge, Group } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.js';
import { INSTANCES_TEXTS } from './texts.js';
import { useStateName } from './words.js';

/** A state in words, and whether an incident is open. */
export function StateBadge({
  state,
  hasIncident,
}: {
  readonly state: string;
  readonly hasIncident: boolean;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { text, color } = useStateName()(state);
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Badge color={color} variant="filled" component="span">
        {text}
      </Badge>
      {hasIncident && (
        <TriangleAlert size={16} color="var(--mantine-color-error)" aria-label={say('incident')} />
      )}
    </Group>
  );
}
