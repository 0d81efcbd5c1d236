import { Anchor, Badge, Group, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WholePackage } from '../../../../contracts/designer.js';
import { Time } from '../../../parts/time.js';
import { useTexts } from '../../../texts/texts.js';
import { archiveOfVersion } from '../api.js';
import { type Remark, Remarks } from '../remarks.js';
import { DESIGNER_TEXTS } from '../texts.js';
import { instancesAt, type Running } from './running.js';
import { PACKAGE_TEXTS } from './texts.js';

type Version = WholePackage['versions'][number];

/** Versions of a package: who published which, when and what for, and how many instances run on it. */
export function Versions({
  packageKey,
  versions,
  said,
  running,
}: {
  readonly packageKey: string;
  readonly versions: readonly Version[];
  readonly said: readonly Remark[];
  readonly running: readonly Running[];
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  return (
    <section aria-labelledby="versions">
      <Title order={2} size="h4" id="versions" mb="xs">
        {say('versions')}
      </Title>
      <Table.ScrollContainer minWidth={300}>
        <Table verticalSpacing="sm">
          <Table.Tbody>
            {versions.map((version, index) => (
              <VersionRow
                key={version.hash}
                {...{ packageKey, version, running }}
                isNewest={index === 0}
                before={versions[index + 1]?.hash ?? null}
                said={said.filter((one) => one.hash === version.hash)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function VersionRow({
  packageKey,
  version: { hash, deployedAt, processes, publishedBy, about },
  running,
  isNewest,
  before,
  said,
}: {
  readonly packageKey: string;
  readonly version: Version;
  readonly running: readonly Running[];
  readonly isNewest: boolean;
  /** The hash of the version before it. */
  readonly before: string | null;
  readonly said: readonly Remark[];
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPackage = useTexts(PACKAGE_TEXTS);
  const name = processes
    .map(({ processId, version }) => `${processId} ${say('version', { version })}`)
    .join(', ');
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          {about !== null && (
            <Text size="sm" fw={600} className="designer-path">
              {about}
            </Text>
          )}
          {isNewest && (
            <Badge variant="light" miw="max-content">
              {say('newest')}
            </Badge>
          )}
        </Group>
        {processes.map(({ processId, version }) => (
          <Group key={`${processId} ${version}`} gap="xs">
            <Text size="sm">
              {processId} {say('version', { version })}
            </Text>
            <RunningOn {...{ processId, version, running }} />
          </Group>
        ))}
        <Remarks about={name} remarks={said} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {publishedBy === null
            ? sayPackage('fromOutside')
            : sayPackage('publishedBy', { who: publishedBy })}
        </Text>
        <Text size="sm" c="dimmed">
          <Time at={deployedAt} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap="sm">
          <Anchor
            size="sm"
            href={archiveOfVersion(packageKey, hash)}
            download
            aria-label={say('downloadVersion', { name })}
          >
            {say('downloadZip')}
          </Anchor>
          {before !== null && (
            <Anchor
              component={Link}
              size="sm"
              to={`/designer/${packageKey}/compare?from=${before}&to=${hash}` as never}
            >
              {say('compareWithBefore')}
            </Anchor>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function RunningOn({
  processId,
  version,
  running,
}: {
  readonly processId: string;
  readonly version: number;
  readonly running: readonly Running[];
}): ReactNode {
  const say = useTexts(DESIGNER_TEXTS);
  const sayPackage = useTexts(PACKAGE_TEXTS);
  const one = running.find((row) => row.processId === processId && row.version === version);
  const count = one?.count ?? 0;
  const text = sayPackage('instances', { count });
  if (count === 0) {
    return (
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    );
  }
  return (
    <Anchor
      component={Link}
      size="sm"
      to={instancesAt(processId, version) as never}
      aria-label={`${text}: ${processId} ${say('version', { version })}`}
    >
      {text}
    </Anchor>
  );
}
