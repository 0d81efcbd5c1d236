import { Anchor, Badge, Button, Card, Group, List, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { usePerson } from '../../api/session.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { type Batch, KEYS, turnBatch, useBatches, useFailed } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** Acts upon many: how far each is, what failed, and what may be done about it. */
export function BatchesPage(): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const query = useBatches();
  return (
    <Page
      title={say('batches')}
      about={say('batchesAbout')}
      actions={
        <Button component={Link} to="/instances" variant="default">
          {say('title')}
        </Button>
      }
    >
      <Loaded query={query}>
        {(batches) =>
          batches.length === 0 ? (
            <Empty text={say('batchesNone')} />
          ) : (
            <Stack>
              {batches.map((batch) => (
                <BatchCard key={batch.batchOperationKey} batch={batch} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function BatchCard({ batch }: { readonly batch: Batch }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const [isOpen, setOpen] = useState(false);
  const { batchOperationKey: key, state, operationsTotalCount: total, actorId, startDate } = batch;
  const { operationsCompletedCount: completed, operationsFailedCount: failed } = batch;
  const done = completed + failed;
  const share = (count: number): number => (total === 0 ? 100 : (count / total) * 100);
  const title = say(`type_${batch.batchOperationType}` as 'type_RESOLVE_INCIDENT');
  return (
    <Card withBorder component="article" aria-label={`${title} ${key}`}>
      <Group justify="space-between" mb={6}>
        <Group gap="xs">
          <Text fw={650}>{title}</Text>
          <Badge color={failed > 0 ? 'red.9' : state === 'COMPLETED' ? 'teal.9' : 'jornada'}>
            {say(`batch_${state}` as 'batch_ACTIVE')}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {actorId} · <Time at={startDate} />
        </Text>
      </Group>
      <Progress.Root size="lg" aria-label={say('items', { done, total })}>
        <Progress.Section
          value={share(completed)}
          color="teal.9"
          aria-label={say('items', { done: completed, total })}
        />
        <Progress.Section
          value={share(failed)}
          color="red.9"
          aria-label={`${say('failed')}: ${failed}`}
        />
      </Progress.Root>
      <Group justify="space-between" mt={6}>
        <Text size="sm" className="app-number">
          {say('items', { done, total })}
          {failed > 0 && ` · ${say('failed')}: ${failed}`}
        </Text>
        <Group gap="xs">
          {failed > 0 && (
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {say('failedShow')}
            </Button>
          )}
          <Turns batch={batch} />
        </Group>
      </Group>
      {isOpen && <Failed batchKey={key} />}
    </Card>
  );
}

function Turns({ batch }: { readonly batch: Batch }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { roles } = usePerson();
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: (to: 'suspension' | 'resumption' | 'cancellation') =>
      turnBatch(batch.batchOperationKey, to),
    onSettled: () => queries.invalidateQueries({ queryKey: KEYS.batches }),
  });
  if (!roles.includes('admin') || batch.endDate !== null) return null;
  const other = batch.state === 'SUSPENDED' ? ('resumption' as const) : ('suspension' as const);
  return (
    <>
      {turn.error && <ProblemAlert error={turn.error} />}
      {([other, 'cancellation'] as const).map((to) => (
        <Button key={to} size="xs" variant="default" onClick={() => turn.mutate(to)}>
          {say(`turn_${to}`)}
        </Button>
      ))}
    </>
  );
}

function Failed({ batchKey }: { readonly batchKey: string }): ReactNode {
  return (
    <Loaded query={useFailed(batchKey)}>
      {(items) => (
        <List size="sm" mt="xs">
          {items.map(({ itemKey, processInstanceKey, errorMessage }) => (
            <List.Item key={itemKey}>
              <Anchor
                component={Link}
                to="/instances/$key"
                params={{ key: processInstanceKey } as never}
              >
                {processInstanceKey}
              </Anchor>
              {` ${errorMessage ?? ''}`}
            </List.Item>
          ))}
        </List>
      )}
    </Loaded>
  );
}
