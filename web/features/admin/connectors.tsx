import { Alert, Badge, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { ConnectorRow, ConnectorTest } from '../../../contracts/connectors.js';
import { usePerson } from '../../api/session.js';
import { Loaded } from '../../parts/loaded.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { exactly, Time } from '../../parts/time.js';
import { type Say, useLocale, useTexts } from '../../texts/texts.js';
import { useConnectors, useConnectorTest } from './connectors-api.js';
import { CONNECTORS_TEXTS } from './connectors-texts.js';

const ConnectorDialog = lazy(async () => ({
  default: (await import('./connector-dialog.js')).ConnectorDialog,
}));

type Words = Say<keyof typeof CONNECTORS_TEXTS.en>;

/** Outside systems that jobs use: how each is set up, how it went lately, and whether it answers now. */
export function Connectors(): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  const locale = useLocale();
  const [opened, setOpened] = useState<ConnectorRow | null>(null);
  return (
    <Loaded query={useConnectors()}>
      {({ since, items }) => (
        <Stack>
          <Text c="dimmed">{say('about', { since: exactly(since, locale) })}</Text>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {items.map((one) => (
              <ConnectorCard key={one.connectorId} connector={one} open={() => setOpened(one)} />
            ))}
          </SimpleGrid>
          {opened && (
            <Suspense fallback={null}>
              <ConnectorDialog
                {...{ connectorId: opened.connectorId, name: nameOf(opened, say) }}
                close={() => setOpened(null)}
              />
            </Suspense>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function nameOf({ kind, title, connectorId }: ConnectorRow, say: Words): string {
  if (title !== null) return title;
  if (kind === 'mail') return say('mail');
  return connectorId === 'http' ? say('requests') : connectorId;
}

function ConnectorCard({
  connector,
  open,
}: {
  readonly connector: ConnectorRow;
  readonly open: () => void;
}): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  const isAdmin = usePerson().roles.includes('admin');
  const test = useConnectorTest(connector.connectorId);
  const { kind, connectorId, places, lastDoneAt, lastFailure, canTest } = connector;
  // Requests of models have effects by where they go; what a person does has none.
  const hasEffects = kind !== 'by-hand' && connectorId !== 'http';
  const name = nameOf(connector, say);
  return (
    <Card withBorder component="article" aria-label={name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
        <div>
          <Title order={2} size="h5" className="app-break">
            {name}
          </Title>
          <Text size="sm" c="dimmed" className="app-break">
            {[say(`kind_${kind}`), ...places].join(' · ')}
          </Text>
        </div>
        {isAdmin && canTest && (
          <Button
            size="xs"
            variant="default"
            aria-label={say('testOf', { name })}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {say('test')}
          </Button>
        )}
      </Group>
      <Stack gap="xs">
        <Text size="sm">{setUpText(connector, say)}</Text>
        {hasEffects && <Effects {...{ connector, name, open }} />}
        {hasEffects && (
          <Text size="sm">
            {say('lastDone')}: {lastDoneAt === null ? say('never') : <Time at={lastDoneAt} />}
            {' · '}
            {say('lastFailure')}:{' '}
            {lastFailure === null ? (
              say('never')
            ) : (
              <>
                <Time at={lastFailure.at} /> <code>{lastFailure.code}</code>
              </>
            )}
          </Text>
        )}
        <div role="status">{test.data && <Verdict test={test.data} />}</div>
        {test.error && <ProblemAlert error={test.error} />}
      </Stack>
    </Card>
  );
}

function setUpText({ kind, isConfigured, connectorId, places }: ConnectorRow, say: Words): string {
  if (kind === 'by-hand') return say('byHandSay');
  if (connectorId === 'http') {
    return places.length > 0 ? say('requestsSay') : `${say('requestsSay')} ${say('requestsNone')}`;
  }
  if (isConfigured === null) return say('requests');
  if (isConfigured) return say('isSet');
  return say(kind === 'mail' ? 'isCaught' : 'isNotSet');
}

/** Counts, told by words and not by colour alone; what is in trouble opens what is behind it. */
function Effects({
  connector: { effects },
  name,
  open,
}: {
  readonly connector: ConnectorRow;
  readonly name: string;
  readonly open: () => void;
}): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  const { failed, unknown } = effects;
  const counted = (['done', 'underway', 'failed', 'unknown'] as const).filter(
    (state) => effects[state] > 0,
  );
  return (
    <Group gap="xs">
      <Text size="sm">{`${say('effects')}:`}</Text>
      {counted.length === 0 && <Text size="sm">{say('noEffects')}</Text>}
      {counted.map((state) => (
        <Badge
          key={state}
          variant="light"
          tt="none"
          color={state === 'failed' || state === 'unknown' ? 'red' : 'gray'}
        >
          {say(state, { count: effects[state] })}
        </Badge>
      ))}
      {failed + unknown > 0 && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={say('behindOf', { name })}
          onClick={open}
        >
          {say('behind')}
        </Button>
      )}
    </Group>
  );
}

function Verdict({ test }: { readonly test: ConnectorTest }): ReactNode {
  const say = useTexts(CONNECTORS_TEXTS);
  const { isWell, code, detail, tookMs } = test;
  const Icon = isWell ? CircleCheck : CircleAlert;
  return (
    <Alert color={isWell ? 'teal' : 'red'} variant="light" icon={<Icon size={18} aria-hidden />}>
      {isWell
        ? say('isWell', { detail, ms: tookMs })
        : say('isUnwell', { code: code ?? '', detail })}
    </Alert>
  );
}
