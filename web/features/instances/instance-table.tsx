import { Anchor, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useProcessNames } from '../../api/process-names.js';
import { Empty } from '../../parts/empty.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import type { ListedInstance } from './instances-api.js';
import { StateBadge } from './state-badge.js';
import { INSTANCES_TEXTS } from './texts.js';

/** The list. */
export function InstanceTable({ rows }: { readonly rows: readonly ListedInstance[] }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const called = useProcessNames();
  if (rows.length === 0) return <Empty text={say('none')} />;
  return (
    <WideTable label={say('title')} minWidth={640} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('process')}</Table.Th>
          <Table.Th>{say('state')}</Table.Th>
          <Table.Th>{say('version')}</Table.Th>
          <Table.Th>{say('started')}</Table.Th>
          <Table.Th>{say('ended')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.processInstanceKey}>
            <Table.Td>
              <Anchor
                component={Link}
                to="/instances/$key"
                params={{ key: row.processInstanceKey } as never}
              >
                {called(row.processDefinitionId, row.processDefinitionName)}
                {row.businessId === null ? '' : ` · ${row.businessId}`}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <StateBadge state={row.state} hasIncident={row.hasIncident} />
            </Table.Td>
            <Table.Td className="app-number">{row.processDefinitionVersion}</Table.Td>
            <Table.Td>
              <Time at={row.startDate} />
            </Table.Td>
            <Table.Td>{row.endDate !== null && <Time at={row.endDate} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
