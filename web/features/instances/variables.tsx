import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { useTexts } from '../../texts/texts.js';
import { useVariables } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** What the instance holds. */
export function Variables({ instanceKey }: { readonly instanceKey: string }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  return (
    <Loaded query={useVariables(instanceKey)}>
      {(variables) =>
        variables.length === 0 ? (
          <Empty text={say('variablesNone')} />
        ) : (
          <Table layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="35%">{say('variable')}</Table.Th>
                <Table.Th>{say('value')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {variables.map(({ variableKey, name, value }) => (
                <Table.Tr key={variableKey}>
                  <Table.Td className="app-value">{name}</Table.Td>
                  <Table.Td className="app-value">{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}
