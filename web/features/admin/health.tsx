import { Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { ask } from '../../api/ask.js';
import { Loaded } from '../../parts/loaded.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { ADMIN_TEXTS } from './texts.js';

interface Part {
  readonly isWell: boolean;
  readonly detail: string;
}

interface Status {
  readonly version: string;
  readonly startedAt: string;
  readonly database: Part;
  readonly keyring: Part;
  readonly temporal: Part;
  readonly openIncidents: number;
}

/** Asked anew so often: an engine that is not well is seen within it. */
const AGAIN_MS = 15_000;

/** What Jornada stands on, and how that is. */
export function Health(): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const query = useQuery({
    queryKey: ['admin', 'status'],
    queryFn: ({ signal }) => ask<Status>('/api/v1/status', { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <Loaded query={query}>
      {({ version, startedAt, openIncidents, ...parts }) => (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {(['database', 'temporal', 'keyring'] as const).map((name) => (
            <PartCard key={name} title={say(name)} part={parts[name]} />
          ))}
          <Fact title={say('incidents')}>
            <span className="app-number">{openIncidents}</span>
          </Fact>
          <Fact title={say('version')}>{version}</Fact>
          <Fact title={say('since')}>
            <Time at={startedAt} />
          </Fact>
        </SimpleGrid>
      )}
    </Loaded>
  );
}

function PartCard({ title, part }: { readonly title: string; readonly part: Part }): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const Icon = part.isWell ? CircleCheck : CircleAlert;
  return (
    <Card withBorder>
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h5">
          {title}
        </Title>
        <Group gap={6}>
          <Icon size={18} aria-hidden />
          <Text fw={600}>{say(part.isWell ? 'well' : 'unwell')}</Text>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {part.detail}
      </Text>
    </Card>
  );
}

function Fact({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Card withBorder>
      <Title order={2} size="h5" mb={4}>
        {title}
      </Title>
      <Text>{children}</Text>
    </Card>
  );
}
