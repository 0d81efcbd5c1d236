import { Anchor, Modal, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import { useConnector, type WholeConnector } from './connectors-api.js';
import { CONNECTORS_TEXTS } from './connectors-texts.js';

/** What failed on a system or is unknown, with the instances whose jobs make it. */
export function ConnectorDialog({
  connectorId,
  name,
  close,
}: {
  readonly connectorId: string;
  readonly name: string;
  readonly close: () => void;
}): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      closeButtonProps={{ 'aria-label': say('close') }}
      title={say('behindTitle', { name })}
    >
      <Loaded query={useConnector(connectorId)}>
        {({ troubles }) =>
          troubles.length === 0 ? (
            <Text>{say('behindNone')}</Text>
          ) : (
            <Troubles {...{ name, troubles }} />
          )
        }
      </Loaded>
    </Modal>
  );
}

function Troubles({
  name,
  troubles,
}: {
  readonly name: string;
  readonly troubles: WholeConnector['troubles'];
}): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  return (
    <WideTable label={say('behindTitle', { name })} minWidth={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('instance')}</Table.Th>
          <Table.Th>{say('state')}</Table.Th>
          <Table.Th>{say('code')}</Table.Th>
          <Table.Th>{say('at')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {troubles.map(({ state, code, at, instance }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an effect has no name that people are shown
          <Table.Tr key={index}>
            <Table.Td>
              {instance === null ? (
                say('instanceGone')
              ) : (
                <>
                  <Anchor
                    size="sm"
                    component={Link}
                    to="/instances/$key"
                    params={{ key: instance.processInstanceKey } as never}
                  >
                    {instance.businessId ?? instance.processInstanceKey}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {`${instance.processDefinitionId} · ${
                      instance.incidents > 0
                        ? say('incidents', { count: instance.incidents })
                        : say('noIncident')
                    }`}
                  </Text>
                </>
              )}
            </Table.Td>
            <Table.Td>{say(`state_${state}`)}</Table.Td>
            <Table.Td>
              <code>{code || '–'}</code>
            </Table.Td>
            <Table.Td>
              <Time at={at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
