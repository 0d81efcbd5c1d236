import { Kbd, Modal, Stack, Switch, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { useKeyGroups } from './keys.js';
import { APP_TEXTS } from './texts.js';

/** Lists the keys that work now, and switches them off and on. */
export function KeysHelp({ close }: { readonly close: () => void }): ReactNode {
  const say = useTexts(APP_TEXTS);
  const { groups, isOn, switchTo } = useKeyGroups();
  return (
    <Modal
      opened
      onClose={close}
      title={say('keysTitle')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Stack>
        <Text size="sm">{say('keysAbout')}</Text>
        <Switch
          checked={isOn}
          onChange={(event) => switchTo(event.currentTarget.checked)}
          label={say('keysOn')}
        />
        {groups.map(({ title, keys }) => (
          <div key={title}>
            <Title order={3} size="h6">
              {title}
            </Title>
            <Table verticalSpacing={4}>
              <Table.Tbody>
                {keys.map(({ keys: typed, text }) => (
                  <Table.Tr key={typed}>
                    <Table.Td w={110}>
                      {typed.split(' ').map((one) => (
                        <Kbd key={one} mr={4}>
                          {one}
                        </Kbd>
                      ))}
                    </Table.Td>
                    <Table.Td>{text}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ))}
      </Stack>
    </Modal>
  );
}
