import {
  Button,
  Group,
  PasswordInput,
  Stack,
  Table,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import type { SessionRow } from '../../../contracts/identities.js';
import { ask } from '../../api/ask.js';
import { usePerson, useSession } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { Page } from '../../parts/page.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { exactly, Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { OwnFactor } from './factor.js';
import { Substitutes } from './substitutes.js';
import { ACCOUNT_TEXTS } from './texts.js';
import { Tokens } from './tokens.js';

interface Open extends SessionRow {
  readonly isCurrent: boolean;
}

/** Who one is here, where one is signed in, and one's password. */
export function AccountPage(): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const { session } = useSession();
  const isOfProvider = session.state === 'in' && session.isOfProvider;
  const { displayName, loginName, roles, groups } = usePerson();
  return (
    <Page title={say('title')} about={displayName}>
      <Stack gap={4}>
        <Text>
          {say('name')}: <strong>{loginName}</strong>
        </Text>
        <Text>
          {say('roles')}: {roles.join(', ') || say('none')}
        </Text>
        <Text>
          {say('groups')}: {groups.join(', ') || say('none')}
        </Text>
      </Stack>
      {(roles.includes('csm') || roles.includes('admin')) && <Substitutes />}
      <Sessions />
      <Tokens />
      {isOfProvider ? (
        <section aria-labelledby="provider">
          <Title order={2} size="h4" id="provider" mb="xs">
            {say('provider')}
          </Title>
          <Text>{say('providerAbout')}</Text>
        </section>
      ) : (
        <>
          <OwnFactor />
          <PasswordForm />
        </>
      )}
    </Page>
  );
}

const SESSIONS = ['me', 'sessions'] as const;

function Sessions(): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const locale = useLocale();
  const tell = useNotice();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly Open[] }>('/api/v1/me/sessions', { signal }),
  });
  const end = useMutation({
    mutationFn: (id: string) => ask(`/api/v1/me/sessions/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      tell('good', say('ended'));
      await queries.invalidateQueries({ queryKey: SESSIONS });
    },
  });
  return (
    <section aria-labelledby="sessions">
      <Title order={2} size="h4" id="sessions" mb="xs">
        {say('sessions')}
      </Title>
      {end.error && <ProblemAlert error={end.error} />}
      <Loaded query={query}>
        {({ items }) => (
          <WideTable label={say('sessions')} minWidth={360}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('sessionBegan')}</Table.Th>
                <Table.Th>{say('sessionSeen')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{say('end')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ sessionId, startedAt, seenAt, isCurrent }) => (
                <Table.Tr key={sessionId}>
                  <Table.Td>
                    <Time at={startedAt} isExact />
                  </Table.Td>
                  <Table.Td>{isCurrent ? say('here') : <Time at={seenAt} />}</Table.Td>
                  <Table.Td>
                    {!isCurrent && (
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={say('endLabel', { at: exactly(startedAt, locale) })}
                        onClick={() => end.mutate(sessionId)}
                      >
                        {say('end')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        )}
      </Loaded>
    </section>
  );
}

function PasswordForm(): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const tell = useNotice();
  const { refresh } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (body: { readonly current: string; readonly password: string }) =>
      ask('/api/v1/me/password', { method: 'POST', body }),
    onSuccess: async () => {
      form.current?.reset();
      tell('good', say('changed'));
      // The session has another word now.
      await refresh();
    },
  });
  return (
    <section aria-labelledby="password">
      <Title order={2} size="h4" id="password" mb="xs">
        {say('password')}
      </Title>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          change.mutate({
            current: String(data.get('current')),
            password: String(data.get('password')),
          });
        }}
      >
        <Stack maw={400}>
          {change.error && <ProblemAlert error={change.error} />}
          <PasswordInput
            {...{ name: 'current', label: say('current'), required: true }}
            autoComplete="current-password"
          />
          <PasswordInput
            {...{ name: 'password', label: say('new'), description: say('passwordAbout') }}
            {...{ required: true, minLength: 12, maxLength: 128, autoComplete: 'new-password' }}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {say('change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
