/** One's own API tokens: what programs show in one's name. A secret is shown once, when it is made. */
import { Button, Code, CopyButton, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { TokenRow } from '../../../contracts/identities.js';
import { ask } from '../../api/ask.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { useNotice } from '../../parts/notices.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import { ACCOUNT_TEXTS } from './texts.js';
import { TokenDialog } from './token-dialog.js';

const TOKENS = ['me', 'tokens'] as const;

/** Lists them, makes one, revokes one. */
export function Tokens(): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const { roles } = usePerson();
  const [isOpen, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery({
    queryKey: TOKENS,
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly TokenRow[] }>('/api/v1/me/tokens', { signal }),
  });
  const mayMake = roles.includes('csm') || roles.includes('admin');
  return (
    <section aria-labelledby="tokens">
      <Title order={2} size="h4" id="tokens" mb="xs">
        {say('tokens')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say('tokensAbout')}
      </Text>
      {secret && <Secret secret={secret} />}
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length === 0 && <Text mb="xs">{say('tokensNone')}</Text>}
            {items.length > 0 && (
              <WideTable label={say('tokens')} minWidth={520}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{say('tokenName')}</Table.Th>
                    <Table.Th>{say('scopes')}</Table.Th>
                    <Table.Th>{say('tokenUsed')}</Table.Th>
                    <Table.Th>{say('tokenUntil')}</Table.Th>
                    <Table.Th aria-label={say('revoke')} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((token) => (
                    <Row key={token.tokenId} token={token} />
                  ))}
                </Table.Tbody>
              </WideTable>
            )}
          </>
        )}
      </Loaded>
      {mayMake && (
        <Group mt="sm">
          <Button variant="default" onClick={open}>
            {say('tokenMake')}
          </Button>
        </Group>
      )}
      {isOpen && <TokenDialog close={close} made={setSecret} queryKey={TOKENS} />}
    </section>
  );
}

function Row({ token }: { readonly token: TokenRow }): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const { tokenId, name, scopes, lastUsedAt, expiresAt, isLive } = token;
  const revoke = useMutation({
    mutationFn: () => ask(`/api/v1/me/tokens/${tokenId}`, { method: 'DELETE' }),
    onSuccess: () => tell('good', say('tokenRevoked', { name })),
    onError: (error) => tell('bad', String(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: TOKENS }),
  });
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>{scopes.join(', ')}</Table.Td>
      <Table.Td>{lastUsedAt ? <Time at={lastUsedAt} /> : say('never')}</Table.Td>
      <Table.Td>{isLive ? <Time at={expiresAt} /> : say('tokenEnded')}</Table.Td>
      <Table.Td>
        {isLive && (
          <Button
            size="xs"
            variant="default"
            aria-label={say('revokeOf', { name })}
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {say('revoke')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Secret({ secret }: { readonly secret: string }): ReactNode {
  const say = useTexts(ACCOUNT_TEXTS);
  return (
    <Stack gap="xs" mb="md" role="status">
      <Text fw={600}>{say('tokenSecret')}</Text>
      <Code block className="app-code">
        {secret}
      </Code>
      <Group>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {say(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
