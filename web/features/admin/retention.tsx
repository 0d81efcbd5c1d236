import { Button, Group, Progress, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { RetainedProcess } from '../../../contracts/instance-retention.js';
import { useProcessNames } from '../../api/process-names.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { type Deletion, useCancelDeletion, useDeletions, useRetention } from './retention-api.js';
import { RETENTION_TEXTS } from './retention-texts.js';
import { termText } from './term.js';

const RetentionDialog = lazy(async () => ({
  default: (await import('./retention-dialog.js')).RetentionDialog,
}));

/** How long what has ended is kept, what is past that, and the deletions of it. */
export function Retention(): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const query = useRetention();
  const [meant, setMeant] = useState<RetainedProcess | null>(null);
  return (
    <Stack gap="xl">
      <section>
        <Text c="dimmed" mb="sm">
          {say('about')}
        </Text>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text>{say('none')}</Text>
            ) : (
              <Processes items={items} mean={setMeant} />
            )
          }
        </Loaded>
      </section>
      <Deletions />
      {meant && (
        <Suspense fallback={null}>
          <RetentionDialog process={meant} close={() => setMeant(null)} />
        </Suspense>
      )}
    </Stack>
  );
}

function Processes({
  items,
  mean,
}: {
  readonly items: readonly RetainedProcess[];
  readonly mean: (process: RetainedProcess) => void;
}): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const called = useProcessNames();
  const locale = useLocale();
  const isAdmin = usePerson().roles.includes('admin');
  return (
    <WideTable label={say('title')} minWidth={860} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('process')}</Table.Th>
          <Table.Th>{say('term')}</Table.Th>
          <Table.Th ta="right">{say('finished')}</Table.Th>
          <Table.Th ta="right">{say('past')}</Table.Th>
          <Table.Th ta="right">{say('held')}</Table.Th>
          <Table.Th>{say('oldest')}</Table.Th>
          {isAdmin && <Table.Th aria-label={say('act')} />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((one) => {
          const name = called(one.processDefinitionId, one.name);
          return (
            <Table.Tr key={one.processDefinitionId}>
              <Table.Td>
                <Text>{name}</Text>
                {name !== one.processDefinitionId && (
                  <Text size="xs" c="dimmed" className="app-code">
                    {one.processDefinitionId}
                  </Text>
                )}
              </Table.Td>
              <Table.Td maw={280}>
                <Text>{one.term === null ? say('noTerm') : termText(one.term, locale)}</Text>
                <Text size="xs" c="dimmed">
                  {one.reason?.[locale] ?? say('noTermWhy')}
                </Text>
              </Table.Td>
              <Table.Td className="app-number" ta="right">
                {one.finished}
              </Table.Td>
              <Table.Td className="app-number" ta="right">
                {one.past}
              </Table.Td>
              <Table.Td className="app-number" ta="right">
                {one.held}
              </Table.Td>
              <Table.Td>{one.oldest === null ? '–' : <Time at={one.oldest} />}</Table.Td>
              {isAdmin && (
                <Table.Td>
                  <Button
                    size="xs"
                    variant="default"
                    disabled={one.finished === 0}
                    aria-label={say('actOf', { name })}
                    onClick={() => mean(one)}
                  >
                    {say('act')}…
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </WideTable>
  );
}

function Deletions(): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const query = useDeletions();
  if (query.data?.length === 0) return null;
  return (
    <section aria-labelledby="deletions">
      <Title order={2} size="h4" id="deletions" mb="sm">
        {say('deletions')}
      </Title>
      <Loaded query={query}>
        {(deletions) => (
          <Stack>
            {deletions.map((one) => (
              <DeletionLine key={one.batchOperationKey} deletion={one} />
            ))}
          </Stack>
        )}
      </Loaded>
    </section>
  );
}

function DeletionLine({ deletion }: { readonly deletion: Deletion }): ReactNode {
  const say = useTexts(RETENTION_TEXTS);
  const isAdmin = usePerson().roles.includes('admin');
  const stop = useCancelDeletion();
  const { batchOperationKey: key, state, actorId, startDate, endDate } = deletion;
  const { operationsTotalCount: total, operationsCompletedCount: done } = deletion;
  const { operationsFailedCount: failed } = deletion;
  const progress = say('progress', { done: done + failed, total });
  const share = (count: number): number => (total === 0 ? 100 : (count / total) * 100);
  return (
    <article aria-label={`${say('deletions')} ${key}`}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" className="app-number">
          {`${progress} · ${say(`state_${state}` as 'state_ACTIVE')}`}
          {failed > 0 && ` · ${say('failed', { count: failed })}`}
        </Text>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {actorId} · <Time at={startDate} />
          </Text>
          {isAdmin && endDate === null && (
            <Tooltip label={say('stopOf', { key })}>
              <Button
                size="xs"
                variant="default"
                aria-label={say('stopOf', { key })}
                loading={stop.isPending}
                onClick={() => stop.mutate(key)}
              >
                {say('stop')}
              </Button>
            </Tooltip>
          )}
        </Group>
      </Group>
      <Progress.Root aria-label={progress}>
        <Progress.Section value={share(done)} color="teal.9" aria-label={progress} />
        <Progress.Section
          value={share(failed)}
          color="red.9"
          aria-label={say('failed', { count: failed })}
        />
      </Progress.Root>
      {stop.error && <ProblemAlert error={stop.error} />}
    </article>
  );
}
