import { Center, Stack, Text } from '@mantine/core';
import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { PARTS_TEXTS } from './texts.js';

/** Says that there is nothing, and what could be done about it. */
export function Empty({
  text,
  children,
}: {
  readonly text?: string;
  readonly children?: ReactNode;
}): ReactNode {
  const say = useTexts(PARTS_TEXTS);
  return (
    <Center mih={200}>
      <Stack align="center" gap="xs">
        <Inbox size={32} strokeWidth={1.5} aria-hidden />
        <Text c="dimmed">{text ?? say('empty')}</Text>
        {children}
      </Stack>
    </Center>
  );
}
