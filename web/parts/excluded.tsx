import { Button, Group, Text } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { PARTS_TEXTS } from './texts.js';

/** A filter that leaves something out. */
export interface Excluding {
  /** As its field is called. */
  readonly label: string;
  /** What it asks for. */
  readonly value: string;
  readonly lift: () => void;
}

/** Says which filters leave everything out, and lifts each of them. */
export function Excluded({ by }: { readonly by: readonly Excluding[] }): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  if (by.length === 0) return null;
  return (
    <>
      <Text size="sm" c="dimmed">
        {say('excludedBy')}
      </Text>
      <Group gap="xs" justify="center">
        {by.map(({ label, value, lift }) => (
          <Button
            key={label}
            variant="default"
            size="xs"
            rightSection={<X size={14} aria-hidden />}
            aria-label={say('lift', { filter: `${label}: ${value}` })}
            onClick={lift}
          >
            {label}: {value}
          </Button>
        ))}
      </Group>
    </>
  );
}
