import { Badge, Button, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, readPackages } from './api.js';
import { DESIGNER_TEXTS } from './texts.js';

/** All packages. */
export function PackagesPage(): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const query = useInfiniteQuery({
    queryKey: KEYS.packages,
    queryFn: ({ pageParam, signal }) => readPackages(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Page title={say('title')} about={say('about')}>
      <Loaded query={query as never}>
        {({ pages }: NonNullable<typeof query.data>) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty>{say('empty')}</Empty>;
          return (
            <Stack>
              <Table.ScrollContainer minWidth={320}>
                <Table highlightOnHover verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{say('package')}</Table.Th>
                      <Table.Th visibleFrom="sm">{say('versions')}</Table.Th>
                      <Table.Th>{say('drafts')}</Table.Th>
                      <Table.Th visibleFrom="sm">{say('lastChange')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map(({ key, title, versions, drafts, deployedAt }) => (
                      <Table.Tr key={key}>
                        <Table.Td>
                          <Text
                            component={Link}
                            to={`/designer/${key}`}
                            fw={600}
                            c="var(--mantine-color-anchor)"
                          >
                            {title?.[locale] ?? key}
                          </Text>
                          <Text size="sm" c="dimmed">
                            {key}
                          </Text>
                        </Table.Td>
                        <Table.Td visibleFrom="sm" className="app-number">
                          {versions}
                        </Table.Td>
                        <Table.Td>
                          {drafts > 0 ? <Badge variant="light">{drafts}</Badge> : '–'}
                        </Table.Td>
                        <Table.Td visibleFrom="sm">
                          <Time at={deployedAt} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {query.hasNextPage && (
                <Button
                  variant="default"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  …
                </Button>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
