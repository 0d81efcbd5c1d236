import { Button, Card, Group, Loader, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/ask.js';
import { usePerson } from '../../api/session.js';
import { Empty } from '../../parts/empty.js';
import { useNotice } from '../../parts/notices.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { actOn, KEYS, type WholeInstance } from './instances-api.js';
import { INSTANCES_TEXTS } from './texts.js';

type Incident = WholeInstance['incidents'][number];

/** Open incidents. A retry is told as good only once it is: until then it is being tried. */
export function Incidents({
  instance,
  onSelect,
}: {
  readonly instance: WholeInstance;
  readonly onSelect: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { incidents } = instance;
  if (incidents.length === 0) return <Empty text={say('incidentsNone')} />;
  return (
    <Stack>
      {incidents.map((incident) => (
        <IncidentCard
          key={incident.incidentKey}
          {...{ incident, onSelect, instanceKey: instance.processInstanceKey }}
        />
      ))}
    </Stack>
  );
}

/** How long the end of a retry is waited for, and how often it is looked for. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 400;

function IncidentCard({
  incident,
  instanceKey,
  onSelect,
}: {
  readonly incident: Incident;
  readonly instanceKey: string;
  readonly onSelect: (elementId: string) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const tell = useNotice();
  const queries = useQueryClient();
  const { roles } = usePerson();
  const [isTrying, setTrying] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { incidentKey, elementId, code, message, openedAt } = incident;
  const retry = async (): Promise<void> => {
    setTrying(true);
    setFault(null);
    try {
      await actOn(instanceKey, { kind: 'resolveIncident', incidentKey }, '');
      const isGood = await resultOf(instanceKey, elementId);
      tell(isGood ? 'good' : 'bad', say(isGood ? 'retryGood' : 'retryFailed'));
    } catch (error) {
      setFault(error);
    } finally {
      setTrying(false);
      await queries.invalidateQueries({ queryKey: KEYS.one(instanceKey) });
    }
  };
  return (
    <Card withBorder component="article" aria-label={`${code} ${elementId ?? ''}`}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2}>
          <Text fw={650}>{code}</Text>
          <Text size="sm">{message}</Text>
          <Text size="xs" c="dimmed">
            <Time at={openedAt} />
          </Text>
        </Stack>
        <Group gap="xs" wrap="nowrap">
          {elementId !== null && (
            <Button size="xs" variant="subtle" onClick={() => onSelect(elementId)}>
              {say('why')}
            </Button>
          )}
          {roles.includes('admin') && (
            <Button size="xs" disabled={isTrying} onClick={() => void retry()}>
              {isTrying ? say('retrying') : say('retry')}
            </Button>
          )}
        </Group>
      </Group>
      {isTrying && (
        <Group gap="xs" mt="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{say('retrying')}</Text>
        </Group>
      )}
      {fault !== null && <ProblemAlert error={fault} />}
    </Card>
  );
}

/** Whether what was tried again holds: it has been left, or has had no incident for as long as one waits. */
async function resultOf(instanceKey: string, elementId: string | null): Promise<boolean> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await ask<WholeInstance>(`/api/v1/instances/${instanceKey}`);
    if (now.incidents.some((one) => one.elementId === elementId)) return false;
    const mark = now.outline.find((one) => one.elementId === elementId)?.mark;
    if (mark !== 'active' || Date.now() > until) return true;
    await new Promise((resolve) => window.setTimeout(resolve, LOOK_MS));
  }
}
