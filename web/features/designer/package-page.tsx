import { Anchor, Badge, Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { DraftRow, WholePackage } from '../../../contracts/designer.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { Time } from '../../parts/time.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { archiveOfVersion, beginDraft, KEYS, readPackage, readRemarks } from './api.js';
import { DraftPage } from './draft-page.js';
import { type Remark, Remarks } from './remarks.js';
import { DESIGNER_TEXTS } from './texts.js';

/** One package: a draft of it where the address names one, else what there is of it. */
export function PackagePage(): ReactNode {
  const { packageKey } = useParams({ from: '/shell/designer/$packageKey' as never }) as {
    readonly packageKey: string;
  };
  const { draft } = useSearch({ strict: false }) as { readonly draft?: string };
  return draft === undefined ? (
    <Overview packageKey={packageKey} />
  ) : (
    <DraftPage key={draft} packageKey={packageKey} draftId={draft} />
  );
}

function Overview({ packageKey }: { readonly packageKey: string }): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const locale = useLocale();
  const query = useQuery({
    queryKey: KEYS.package(packageKey),
    queryFn: ({ signal }) => readPackage(packageKey, signal),
  });
  const { roles } = usePerson();
  const remarks = useQuery({
    queryKey: [...KEYS.package(packageKey), 'remarks'],
    queryFn: ({ signal }) => readRemarks(packageKey, signal),
    enabled: roles.some((role) => SEE_DRAFTS.includes(role)),
  });
  const said = remarks.data?.items ?? [];
  const title = query.data?.title?.[locale] ?? packageKey;
  return (
    <Page title={title} about={packageKey}>
      <Loaded query={query}>
        {(found) => (
          <Stack gap="xl">
            <Drafts
              packageKey={packageKey}
              drafts={found.drafts}
              newest={found.versions[0]?.hash ?? null}
              said={said}
            />
            <section aria-labelledby="versions">
              <Title order={2} size="h4" id="versions" mb="xs">
                {say('versions')}
              </Title>
              <Versions packageKey={packageKey} versions={found.versions} said={said} />
            </section>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

/** Whoever may see drafts hears what was said of them. */
const SEE_DRAFTS: readonly string[] = ['designer', 'admin', 'auditor'];

function Drafts({
  packageKey,
  drafts,
  newest,
  said,
}: {
  readonly said: readonly Remark[];
  readonly packageKey: string;
  readonly drafts: readonly DraftRow[];
  /** The hash of what is published. */
  readonly newest: string | null;
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const { roles } = usePerson();
  const mayChange = roles.includes('designer') || roles.includes('admin');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  const begin = useMutation({
    mutationFn: () => beginDraft(packageKey, title),
    onSuccess: async ({ draft }) => {
      await queries.invalidateQueries({ queryKey: KEYS.package(packageKey) });
      await navigate({ to: `/designer/${packageKey}?draft=${draft.draftId}` as never });
    },
  });
  return (
    <section aria-labelledby="drafts">
      <Title order={2} size="h4" id="drafts" mb="xs">
        {say('drafts')}
      </Title>
      {drafts.length === 0 && <Text c="dimmed">{say('noDrafts')}</Text>}
      <Stack gap="xs" mb="md">
        {drafts.map(({ draftId, title: named, changedAt, changedBy, state }) => (
          <div key={draftId}>
            <Group gap="sm">
              <Text
                component={Link}
                to={`/designer/${packageKey}?draft=${draftId}` as never}
                fw={600}
                c="var(--mantine-color-anchor)"
              >
                {named || say('draft')}
              </Text>
              {state === 'review' && <Badge variant="light">{say('stateReview')}</Badge>}
              <Text size="sm" c="dimmed">
                {changedBy}, <Time at={changedAt} />
              </Text>
              {newest !== null && (
                <Anchor
                  component={Link}
                  size="sm"
                  to={`/designer/${packageKey}/compare?from=${newest}&to=${draftId}` as never}
                  aria-label={say('comparedWith', { title: named || say('draft') })}
                >
                  {say('compare')}
                </Anchor>
              )}
            </Group>
            <Remarks
              about={named || say('draft')}
              remarks={said.filter((one) => one.draftId === draftId)}
            />
          </div>
        ))}
      </Stack>
      {mayChange && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate();
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={say('titleOfDraft')}
              value={title}
              maxLength={200}
              onChange={({ currentTarget }) => setTitle(currentTarget.value)}
            />
            <Button type="submit" loading={begin.isPending}>
              {say('begin')}
            </Button>
          </Group>
        </form>
      )}
      {begin.error && <ProblemAlert error={begin.error} />}
    </section>
  );
}

function Versions({
  packageKey,
  versions,
  said,
}: { readonly packageKey: string; readonly said: readonly Remark[] } & Pick<
  WholePackage,
  'versions'
>): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const nameOf = (processes: WholePackage['versions'][number]['processes']): string =>
    processes
      .map(({ processId, version }) => `${processId} ${say('version', { version })}`)
      .join(', ');
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table verticalSpacing="sm">
        <Table.Tbody>
          {versions.map(({ hash, deployedAt, processes }, index) => (
            <Table.Tr key={hash}>
              <Table.Td>
                {processes.map(({ processId, version }) => (
                  <Text key={`${processId} ${version}`} size="sm">
                    {processId} {say('version', { version })}
                  </Text>
                ))}
                <Remarks
                  about={nameOf(processes)}
                  remarks={said.filter((one) => one.hash === hash)}
                />
              </Table.Td>
              <Table.Td>
                {index === 0 && (
                  <Badge variant="light" miw="max-content">
                    {say('newest')}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>
                <Time at={deployedAt} />
              </Table.Td>
              <Table.Td>
                <Group gap="sm">
                  <Anchor
                    size="sm"
                    href={archiveOfVersion(packageKey, hash)}
                    download
                    aria-label={say('downloadVersion', {
                      name: nameOf(processes),
                    })}
                  >
                    {say('downloadZip')}
                  </Anchor>
                  {versions[index + 1] && (
                    <Anchor
                      component={Link}
                      size="sm"
                      to={
                        `/designer/${packageKey}/compare?from=${versions[index + 1]?.hash}&to=${hash}` as never
                      }
                    >
                      {say('compareWithBefore')}
                    </Anchor>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
