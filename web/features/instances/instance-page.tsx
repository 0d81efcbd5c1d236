import { Alert, Anchor, Box, Grid, Group, Stack, Tabs, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useLive } from '../../api/live.js';
import { useProcessNames } from '../../api/process-names.js';
import { usePerson } from '../../api/session.js';
import { Diagram, type Standing } from '../../parts/diagram/diagram.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import { ValuesNote } from '../../parts/values/values-note.js';
import { useTexts } from '../../texts/texts.js';
import { Acts } from './acts.js';
import { ElementStoryPanel } from './element-story.js';
import { Incidents } from './incidents.js';
import { KEYS, useInstance, useXml, type WholeInstance } from './instances-api.js';
import { Outline } from './outline.js';
import { SetVariable } from './set-variable/index.js';
import { StateBadge } from './state-badge.js';
import { Suspended } from './suspended.js';
import { INSTANCES_TEXTS } from './texts.js';
import { Timeline } from './timeline.js';
import { Variables } from './variables.js';
import { Waiting } from './waiting.js';

const MOVES = [
  'process_instance.changed',
  'process_instance.suspended',
  'process_instance.resumed',
  'process_instance.completed',
  'process_instance.terminated',
  'user_task.created',
  'user_task.changed',
  'user_task.completed',
  'user_task.cancelled',
  'incident.created',
  'incident.resolved',
] as const;

/** One instance: on its diagram, as a list, in time; and what may be done to it. */
export function InstancePage(): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const nameOf = useProcessNames();
  const { key } = useParams({ from: '/shell/instances/$key' });
  const query = useInstance(key);
  useLive(MOVES, [KEYS.one(key)], ({ data }) => data.processInstanceKey === key);
  const { data } = query;
  const { roles } = usePerson();
  const name = data ? nameOf(data.processDefinitionId, data.name) : say('instance', { key });
  const title = data?.businessId ? `${name} · ${data.businessId}` : name;
  return (
    <Page
      title={title}
      about={data && <About instance={data} />}
      actions={data && roles.includes('admin') && <Acts instance={data} />}
    >
      <Loaded query={query}>{(instance) => <Whole instance={instance} />}</Loaded>
    </Page>
  );
}

function About({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { state, hasIncident, version, latestVersion, startedAt, endedAt, outcome } = instance;
  return (
    <Group gap="sm" component="span" mt={4}>
      <StateBadge state={state} hasIncident={hasIncident} />
      <span>
        {say('versionOf', { version })}
        {version === latestVersion ? ` (${say('latest')})` : ''}
      </span>
      {startedAt !== null && (
        <span>
          {say('started')} <Time at={startedAt} />
        </span>
      )}
      {endedAt !== null && (
        <span>
          {say('ended')} <Time at={endedAt} />
        </span>
      )}
      {outcome !== null && <span>{say('outcome', { outcome })}</span>}
      <Relatives instance={instance} />
    </Group>
  );
}

/** Who called it, and whom it called. */
function Relatives({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const caller = instance.callers.at(-1);
  const nameOf = useProcessNames();
  const called = instance.called.filter((one) => one.processInstanceKey !== null);
  const linkTo = (key: string, text: string): ReactNode => (
    <Anchor key={key} size="sm" component={Link} to="/instances/$key" params={{ key } as never}>
      {text}
    </Anchor>
  );
  return (
    <>
      {caller && (
        <span>
          {say('calledBy')}{' '}
          {linkTo(caller.processInstanceKey, nameOf(caller.processDefinitionId, caller.name))}
        </span>
      )}
      {called.length > 0 && (
        <Group gap={6} component="span">
          {say('called')}
          {called
            .slice(0, 10)
            .map((one) => linkTo(one.processInstanceKey ?? '', nameOf(one.processDefinitionId)))}
        </Group>
      )}
    </>
  );
}

/** What stands at each element, as the outline tells it. Class: pure. */
function standingOf({ outline, tasks, incidents }: WholeInstance): ReadonlyMap<string, Standing> {
  return new Map(
    outline.map(({ elementId, mark, times }) => {
      const open = tasks.filter((task) => task.elementId === elementId).length;
      const stuck = incidents.filter((one) => one.elementId === elementId).length;
      const isActive = mark === 'active' || mark === 'incident';
      const active = isActive ? Math.max(1, open) : 0;
      return [elementId, { active, incidents: stuck, done: mark === 'done' ? times : 0 }];
    }),
  );
}

function Whole({ instance }: { readonly instance: WholeInstance }): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const nameOf = useProcessNames();
  const [selected, select] = useState<string | null>(null);
  const xml = useXml(instance.processDefinitionKey);
  const standing = useMemo(() => standingOf(instance), [instance]);
  const { processInstanceKey: key, incidents, name, processDefinitionId } = instance;
  return (
    <Stack gap="lg">
      {instance.state === 'SUSPENDED' && <Suspended instanceKey={key} />}
      {instance.isParked && <Alert color="yellow">{say('parked')}</Alert>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Loaded query={xml}>
            {(text) => (
              <Diagram
                xml={text}
                label={say('diagram', { name: nameOf(processDefinitionId, name) })}
                standing={standing}
                hasOutline={false}
                selected={selected}
                onSelect={select}
              />
            )}
          </Loaded>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Outline rows={instance.outline} selected={selected} onSelect={select} />
        </Grid.Col>
      </Grid>
      <Waiting instance={instance} />
      <Box component="section" aria-live="polite">
        {selected === null ? (
          <Text size="sm" c="dimmed">
            {say('chooseElement')}
          </Text>
        ) : (
          <ElementStoryPanel instanceKey={key} elementId={selected} />
        )}
      </Box>
      <ValuesNote of={key} />
      <Tabs defaultValue={incidents.length > 0 ? 'incidents' : 'happened'} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="happened">{say('happened')}</Tabs.Tab>
          <Tabs.Tab value="variables">{say('variables')}</Tabs.Tab>
          <Tabs.Tab value="incidents">
            {`${say('incidents')}${incidents.length > 0 ? ` (${incidents.length})` : ''}`}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="happened" pt="md">
          <Timeline instanceKey={key} onSelect={select} />
        </Tabs.Panel>
        <Tabs.Panel value="variables" pt="md">
          <SetVariable instance={instance} />
          <Variables instanceKey={key} />
        </Tabs.Panel>
        <Tabs.Panel value="incidents" pt="md">
          <Incidents instance={instance} onSelect={select} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
