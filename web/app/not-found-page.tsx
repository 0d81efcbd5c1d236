import { Anchor, Center, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { APP_TEXTS } from './texts.js';

/** What is shown at an address that is none. */
export function NotFoundPage(): ReactNode {
  const say = useTexts(APP_TEXTS);
  return (
    <Center component="main" mih="60vh">
      <Stack align="center">
        <Title order={1} size="h2">
          {say('notFound')}
        </Title>
        <Anchor component={Link} to="/">
          {say('notFoundHome')}
        </Anchor>
      </Stack>
    </Center>
  );
}
