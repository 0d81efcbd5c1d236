import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session.js';
import { useTexts } from '../../texts/texts.js';
import { Enrolment } from './enrolment.js';
import { OWN_FACTOR_TEXTS } from './factor-texts.js';

/** In place of every page: of whom a second factor is asked and who has none sets one up first. */
export function FactorMissing(): ReactNode {
  const say = useTexts(OWN_FACTOR_TEXTS);
  const { refresh, signOut } = useSession();
  useDocumentTitle(`${say('title')} · Jornada`);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={560} shadow="sm">
        <Stack>
          <Title order={1} size="h3">
            {say('missing')}
          </Title>
          <Text c="dimmed">{say('missingAbout')}</Text>
          <Enrolment done={() => void refresh()} />
          <Group>
            <Button variant="subtle" size="xs" onClick={() => void signOut()}>
              {say('signOut')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Center>
  );
}
