import { Anchor, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileArchive } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { usePerson } from '../../api/session.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { KEYS, readDrafts, readPackages } from './api.js';
import { DESIGNER_TEXTS } from './texts.js';

const UploadNew = lazy(async () => {
  const { UploadNew: default_ } = await import('./files/upload-new.js');
  return { default: default_ };
});

/** All packages. */
export function PackagesPage(): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const { roles } = usePerson();
  const mayChange = roles.includes('designer') || roles.includes('admin');
  const [isUploading, setUploading] = useState(false);
  const query = useInfiniteQuery({
    queryKey: KEYS.packages,
    queryFn: ({ pageParam, signal }) => readPackages(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Page
      title={say('title')}
      about={say('about')}
      actions={
        mayChange && (
          <Button
            variant="default"
            leftSection={<FileArchive size={16} aria-hidden />}
            onClick={() => setUploading(true)}
          >
            {say('uploadPackage')}
          </Button>
        )
      }
    >
      {isUploading && (
        <Suspense fallback={null}>
          <UploadNew close={() => setUploading(false)} />
        </Suspense>
      )}
      <NewPackages />
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

/** Drafts of packages that were never deployed: no list of packages has them. */
function NewPackages(): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { roles } = usePerson();
  const query = useQuery({
    queryKey: [...KEYS.packages, 'new'],
    queryFn: async ({ signal }) => {
      const states = ['open', 'review'] as const;
      const found = await Promise.all(states.map((state) => readDrafts(state, signal)));
      return found.flatMap(({ items }) => items).filter(({ basedOn }) => basedOn === null);
    },
    enabled: roles.some((role) => role !== 'csm'),
  });
  if (!query.data || query.data.length === 0) return null;
  return (
    <section aria-labelledby="new-packages">
      <Title order={2} size="h4" id="new-packages" mb="xs">
        {say('newPackages')}
      </Title>
      <Stack gap={4} mb="lg">
        {query.data.map(({ draftId, packageKey, changedAt, changedBy }) => (
          <Group key={draftId} gap="sm">
            <Anchor component={Link} to={`/designer/${packageKey}?draft=${draftId}` as never}>
              {packageKey}
            </Anchor>
            <Text size="sm" c="dimmed">
              {changedBy}, <Time at={changedAt} />
            </Text>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
