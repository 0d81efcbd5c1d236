import { Badge, Button, Group, Menu, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Ellipsis, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ListedUser, UserRow } from '../../../contracts/identities.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import { DisableDialog } from './disable-dialog.js';
import { FactorDialog } from './factor-dialog.js';
import { LinkDialog } from './link-dialog.js';
import { type PasswordLink, usePasswordLink, usePeople, usePersonAct } from './people-api.js';
import { PersonDialog } from './person-dialog.js';
import { ADMIN_TEXTS } from './texts.js';

/** A link that was just made, and for whom. */
interface Made {
  readonly name: string;
  readonly link: PasswordLink;
}

/** Everybody who may sign in, and what may be done about them. */
export function People(): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const query = usePeople();
  const isAdmin = usePerson().roles.includes('admin');
  const [isAdding, { open, close }] = useDisclosure();
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Stack>
      {isAdmin && (
        <Group>
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={open}>
            {say('add')}
          </Button>
        </Group>
      )}
      <Loaded query={query}>
        {({ pages }) => (
          <WideTable label={say('people')} minWidth={720} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('displayName')}</Table.Th>
                <Table.Th>{say('loginName')}</Table.Th>
                <Table.Th>{say('roles')}</Table.Th>
                <Table.Th>{say('groups')}</Table.Th>
                <Table.Th>{say('secondFactor')}</Table.Th>
                <Table.Th>{say('state')}</Table.Th>
                <Table.Th aria-label={say('change')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {pages.flatMap(({ items }) =>
                items.map((user) => (
                  <PersonRow key={user.userId} user={user} mayChange={isAdmin} made={setMade} />
                )),
              )}
            </Table.Tbody>
          </WideTable>
        )}
      </Loaded>
      {query.hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {say('more')}
          </Button>
        </Group>
      )}
      {isAdding && <PersonDialog user={null} close={close} made={setMade} />}
      {made && <LinkDialog {...made} close={() => setMade(null)} />}
    </Stack>
  );
}

function PersonRow({
  user,
  mayChange,
  made,
}: {
  readonly user: ListedUser;
  readonly mayChange: boolean;
  readonly made: (made: Made) => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  return (
    <Table.Tr>
      <Table.Td>
        <Text>{user.displayName}</Text>
        {user.mail && (
          <Text size="xs" c="dimmed">
            {user.mail}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{user.loginName}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {user.roles.map((role) => (
            <Badge key={role} variant="default" tt="none">
              {role}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>{user.groups.join(', ')}</Table.Td>
      <Table.Td>
        {say(user.hasFactor ? 'factorYes' : user.isOfProvider ? 'factorElsewhere' : 'factorNo')}
      </Table.Td>
      <Table.Td>{say(user.isActive ? 'active' : 'disabled')}</Table.Td>
      <Table.Td>{mayChange && <PersonMenu user={user} made={made} />}</Table.Td>
    </Table.Tr>
  );
}

function PersonMenu({
  user,
  made,
}: {
  readonly user: UserRow;
  readonly made: (made: Made) => void;
}): ReactNode {
  const say = useTexts(ADMIN_TEXTS);
  const [dialog, setDialog] = useState<'change' | 'disable' | 'factor' | null>(null);
  const act = usePersonAct(user.userId);
  const link = usePasswordLink(user.userId);
  const name = user.displayName;
  const makeLink = async (): Promise<void> => made({ name, link: await link.mutateAsync() });
  const close = (): void => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={say('changeOf', { name })}
          >
            <Ellipsis size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('change')}>{say('change')}</Menu.Item>
          {user.isActive ? (
            <>
              <Menu.Item onClick={() => void makeLink()}>{say('newLink')}</Menu.Item>
              <Menu.Item onClick={() => setDialog('factor')}>{say('factor')}</Menu.Item>
              <Menu.Item onClick={() => setDialog('disable')}>{say('disable')}</Menu.Item>
            </>
          ) : (
            <Menu.Item onClick={() => act.mutate({ kind: 'enable' })}>{say('enable')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'change' && <PersonDialog user={user} close={close} made={made} />}
      {dialog === 'factor' && <FactorDialog user={user} close={close} />}
      {dialog === 'disable' && <DisableDialog user={user} close={close} />}
    </>
  );
}
