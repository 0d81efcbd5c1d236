import { Button, Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../api/session.js';
import { useTexts } from '../texts/texts.js';
import { APP_TEXTS } from './texts.js';

/** What is shown when nothing answers and nothing was read yet. */
export function OfflinePage(): ReactNode {
  const say = useTexts(APP_TEXTS);
  const { refresh } = useSession();
  return (
    <Center component="main" mih="70vh" p="md">
      <Stack align="center" maw={420} ta="center">
        <Title order={1} size="h3">
          {say('offlineTitle')}
        </Title>
        <Text>{say('offlineText')}</Text>
        <Button onClick={() => void refresh()}>{say('offlineAgain')}</Button>
      </Stack>
    </Center>
  );
}
