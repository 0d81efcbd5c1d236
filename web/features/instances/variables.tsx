import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { MASKED } from '../../../contracts/masked.js';
import { useReasonFor } from '../../api/reasons.js';
import { usePerson } from '../../api/session.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { useTexts } from '../../texts/texts.js';
import { useVariables } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

/** Who is let in to values unasked; an auditor alone says why first. */
const UNASKED = ['designer', 'csm', 'admin'];

/** What the instance holds. */
export function Variables({ instanceKey }: { readonly instanceKey: string }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { roles } = usePerson();
  const reason = useReasonFor(instanceKey);
  const isAsked = reason !== null || roles.some((role) => UNASKED.includes(role));
  const query = useVariables(instanceKey, isAsked);
  if (!isAsked) return <Empty text={say('variablesUnasked')} />;
  return (
    <Loaded query={query}>
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
                  <Table.Td className="app-value">
                    {value === JSON.stringify(MASKED) ? (
                      <Text span size="sm" c="dimmed">
                        {MASKED}
                      </Text>
                    ) : (
                      value
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )
      }
    </Loaded>
  );
}
