/** Who stands in for whom: one's own, and of an admin everybody's. */
import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import type { SubstituteRow } from '../../../contracts/substitutes.js';
import { ask } from '../../api/ask.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { WideTable } from '../../parts/wide-table.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { SUBSTITUTE_TEXTS } from './substitute-texts.js';

const SubstituteDialog = lazy(async () => ({
  default: (await import('./substitute-dialog.js')).SubstituteDialog,
}));

const SUBSTITUTES = ['substitutes'] as const;

/** Lists them, names one, removes one. */
export function Substitutes(): ReactNode {
  const say = useTexts(SUBSTITUTE_TEXTS);
  const { roles } = usePerson();
  const [isOpen, { open, close }] = useDisclosure();
  const of = roles.includes('admin') ? 'all' : 'mine';
  const query = useQuery({
    queryKey: [...SUBSTITUTES, of],
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly SubstituteRow[] }>(`/api/v1/substitutes?of=${of}`, { signal }),
  });
  return (
    <section aria-labelledby="substitutes">
      <Title order={2} size="h4" id="substitutes" mb="xs">
        {say('title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say('about')}
      </Text>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text mb="xs">{say('none')}</Text>
          ) : (
            <WideTable label={say('title')} minWidth={520}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('absent')}</Table.Th>
                  <Table.Th>{say('substitute')}</Table.Th>
                  <Table.Th>{say('from')}</Table.Th>
                  <Table.Th>{say('until')}</Table.Th>
                  <Table.Th>{say('upon')}</Table.Th>
                  <Table.Th aria-label={say('remove')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Row key={one.substituteId} one={one} />
                ))}
              </Table.Tbody>
            </WideTable>
          )
        }
      </Loaded>
      <Group mt="sm">
        <Button variant="default" onClick={open}>
          {say('name')}
        </Button>
      </Group>
      {isOpen && (
        <Suspense>
          <SubstituteDialog close={close} queryKey={SUBSTITUTES} />
        </Suspense>
      )}
    </section>
  );
}

/** The day of an instant, where it was meant. */
const dayIn = (at: number, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(at);

function Row({ one }: { readonly one: SubstituteRow }): ReactNode {
  const say = useTexts(SUBSTITUTE_TEXTS);
  const locale = useLocale();
  const tell = useNotice();
  const queries = useQueryClient();
  const { loginName, roles } = usePerson();
  const { substituteId, absent, substitute, fromAt, untilAt, tz, processIds, isActive } = one;
  const remove = useMutation({
    mutationFn: () => ask(`/api/v1/substitutes/${substituteId}`, { method: 'DELETE' }),
    onSuccess: () => tell('good', say('removed', { who: substitute })),
    onError: (error) => tell('bad', String(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: SUBSTITUTES }),
  });
  const mayRemove = absent === loginName || roles.includes('admin');
  return (
    <Table.Tr>
      <Table.Td>{absent}</Table.Td>
      <Table.Td>{substitute}</Table.Td>
      <Table.Td>
        {dayIn(Date.parse(fromAt), tz, locale)}
        {isActive && ` (${say('now')})`}
      </Table.Td>
      <Table.Td>{dayIn(Date.parse(untilAt) - 1, tz, locale)}</Table.Td>
      <Table.Td>{processIds?.join(', ') ?? say('allProcesses')}</Table.Td>
      <Table.Td>
        {mayRemove && (
          <Button
            size="xs"
            variant="default"
            aria-label={say('removeOf', { who: substitute, whom: absent })}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {say('remove')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
