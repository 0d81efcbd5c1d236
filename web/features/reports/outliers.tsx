import { Anchor, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Report } from '../../../contracts/reports.js';
import { durationText } from '../../../reports/text.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import { FigureLink } from './figure-link.js';
import { REPORTS_TEXTS } from './texts.js';

/** What took longer than the rest, the longest first. */
export function Outliers({ outliers }: { readonly outliers: Report['outliers'] }): ReactNode {
  const say = useTexts(REPORTS_TEXTS);
  const { thresholdMs, count, longest } = outliers;
  return (
    <Stack gap="xs" component="section" aria-label={say('outliers')}>
      <Title order={2} size="h4">
        {say('outliers')}
      </Title>
      {thresholdMs === null || longest.length === 0 ? (
        <Text c="dimmed" size="sm">
          {say('outliersNone')}
        </Text>
      ) : (
        <>
          <Group gap={6}>
            <Text size="sm">{say('outliersAbout', { threshold: durationText(thresholdMs) })}</Text>
            <FigureLink name="completed" figure={count} />
          </Group>
          <WideTable label={say('outliers')} minWidth={420}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('instance')}</Table.Th>
                <Table.Th>{say('version')}</Table.Th>
                <Table.Th>{say('took')}</Table.Th>
                <Table.Th>{say('ended')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {longest.map((one) => (
                <Table.Tr key={one.processInstanceKey}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      to="/instances/$key"
                      params={{ key: one.processInstanceKey } as never}
                    >
                      {one.businessId ?? one.processInstanceKey}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="app-number">{one.version}</Table.Td>
                  <Table.Td className="app-number">{durationText(one.durationMs)}</Table.Td>
                  <Table.Td>
                    <Time at={one.endDate} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        </>
      )}
    </Stack>
  );
}
