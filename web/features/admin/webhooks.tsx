import { Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { HookRow, WebhookRow } from '../../../contracts/webhooks.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { Time } from '../../parts/time.js';
import { WideTable } from '../../parts/wide-table.js';
import { useTexts } from '../../texts/texts.js';
import { SecretDialog } from './secret-dialog.js';
import { WebhookDialog } from './webhook-dialog.js';
import { WebhookMenu } from './webhook-menu.js';
import { WEBHOOK_TEXTS } from './webhook-texts.js';
import { useWebhooks, type Way } from './webhooks-api.js';

/** Whom we tell, and who tells us. */
export function Webhooks(): ReactNode {
  return (
    <Stack gap="xl">
      <Section way="webhooks">{(made) => <OutTable made={made} />}</Section>
      <Section way="hooks">{(made) => <InTable made={made} />}</Section>
    </Stack>
  );
}

type Made = (secret: string) => void;

function Section({
  way,
  children,
}: {
  readonly way: Way;
  readonly children: (made: Made) => ReactNode;
}): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const isAdmin = usePerson().roles.includes('admin');
  const [isAdding, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string | null>(null);
  const isOut = way === 'webhooks';
  return (
    <section aria-labelledby={way}>
      <Title order={2} size="h4" id={way}>
        {say(isOut ? 'out' : 'in')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {say(isOut ? 'outAbout' : 'inAbout')}
      </Text>
      {children(setSecret)}
      {isAdmin && (
        <Group mt="sm">
          <Button variant="default" onClick={open}>
            {say(isOut ? 'addOut' : 'addIn')}
          </Button>
        </Group>
      )}
      {isAdding && <WebhookDialog way={way} close={close} made={setSecret} />}
      {secret !== null && <SecretDialog secret={secret} close={() => setSecret(null)} />}
    </section>
  );
}

function OutTable({ made }: { readonly made: Made }): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const query = useWebhooks<WebhookRow>('webhooks');
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Text>{say('outNone')}</Text>
        ) : (
          <WideTable label={say('out')} minWidth={760}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('name')}</Table.Th>
                <Table.Th>{say('types')}</Table.Th>
                <Table.Th>{say('state')}</Table.Th>
                <Table.Th>{say('waiting')}</Table.Th>
                <Table.Th>{say('dead')}</Table.Th>
                <Table.Th aria-label={say('change')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((one) => (
                <Table.Tr key={one.webhookId}>
                  <Table.Td>
                    <Text>{one.name}</Text>
                    <Text size="xs" c="dimmed" className="app-code">
                      {one.url}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.types.map((type) => (
                      <Text size="sm" key={type}>
                        {type}
                      </Text>
                    ))}
                  </Table.Td>
                  <Table.Td>{say(one.isActive ? 'on' : 'off')}</Table.Td>
                  <Table.Td className="app-number">{one.waiting}</Table.Td>
                  <Table.Td className="app-number">{one.dead}</Table.Td>
                  <Table.Td>
                    <WebhookMenu way="webhooks" id={one.webhookId} {...one} made={made} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        )
      }
    </Loaded>
  );
}

function InTable({ made }: { readonly made: Made }): ReactNode {
  const say = useTexts(WEBHOOK_TEXTS);
  const query = useWebhooks<HookRow>('hooks');
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Text>{say('inNone')}</Text>
        ) : (
          <WideTable label={say('in')} minWidth={760}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say('name')}</Table.Th>
                <Table.Th>{say('message')}</Table.Th>
                <Table.Th>{say('key')}</Table.Th>
                <Table.Th>{say('state')}</Table.Th>
                <Table.Th>{say('lastTaken')}</Table.Th>
                <Table.Th aria-label={say('change')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((one) => (
                <Table.Tr key={one.hookId}>
                  <Table.Td>
                    <Text>{one.name}</Text>
                    <Text size="xs" c="dimmed" className="app-code">
                      {`${window.location.origin}/api/v1/hooks/${one.hookId}`}
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.messageName}</Table.Td>
                  <Table.Td>
                    <Code>{one.correlationKey}</Code>
                  </Table.Td>
                  <Table.Td>{say(one.isActive ? 'on' : 'off')}</Table.Td>
                  <Table.Td>
                    {one.lastTakenAt ? <Time at={one.lastTakenAt} /> : say('never')}
                  </Table.Td>
                  <Table.Td>
                    <WebhookMenu way="hooks" id={one.hookId} {...one} dead={0} made={made} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        )
      }
    </Loaded>
  );
}
