import { Alert, Box, Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Layers } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useLive } from '../../api/live.js';
import { useProcessNames } from '../../api/process-names.js';
import { usePerson } from '../../api/session.js';
import { Diagram, type Standing } from '../../parts/diagram/diagram.js';
import { Loaded } from '../../parts/loaded.js';
import { More } from '../../parts/more.js';
import { Page } from '../../parts/page.js';
import { StartButton } from '../../parts/start/start-button.js';
import { useTexts } from '../../texts/texts.js';
import { BatchDialog } from './batch-dialog.js';
import { Behind } from './behind.js';
import { Filters } from './filters.js';
import { InstanceTable } from './instance-table.js';
import {
  type Definition,
  KEYS,
  useCounts,
  useDefinitions,
  useInstances,
  useXml,
} from './instances-api.js';
import type { Narrowing } from './narrowing.js';
import { INSTANCES_TEXTS } from './texts.js';

const MOVES = [
  'process_instance.started',
  'process_instance.changed',
  'process_instance.suspended',
  'process_instance.resumed',
  'process_instance.completed',
  'process_instance.terminated',
  'incident.created',
  'incident.resolved',
] as const;

/** Instances: filters, where they are on the diagram of a definition, the list, and an act upon all that fit. */
export function InstancesPage(): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const { roles } = usePerson();
  const narrowing = useSearch({ from: '/shell/instances' });
  const navigate = useNavigate({ from: '/instances' });
  const [isActing, { open, close }] = useDisclosure();
  const narrow = (change: Narrowing): void =>
    void navigate({ search: { ...narrowing, ...change }, replace: true });
  const query = useInstances(narrowing);
  const definitions = useDefinitions();
  const definition = chosen(definitions.data ?? [], narrowing);
  useLive(MOVES, [KEYS.list, KEYS.counts]);
  const isAdmin = roles.includes('admin');
  const hasFilter = Object.values(narrowing).some((value) => value !== undefined);
  return (
    <Page
      title={say('title')}
      about={say('about')}
      actions={
        <>
          <StartButton customerId={null} />
          {(isAdmin || roles.includes('auditor')) && (
            <Button
              component={Link}
              to="/batches"
              variant="default"
              leftSection={<Layers size={16} aria-hidden />}
            >
              {say('batches')}
            </Button>
          )}
          {isAdmin && (
            <Button onClick={open} disabled={!hasFilter && narrowing.state === 'all'}>
              {say('act')}
            </Button>
          )}
        </>
      }
    >
      <Filters narrowing={narrowing} definitions={definitions.data ?? []} narrow={narrow} />
      {narrowing.behind && (
        <Behind behind={narrowing.behind} drop={() => narrow({ behind: undefined })} />
      )}
      {definition && <Where definition={definition} narrowing={narrowing} narrow={narrow} />}
      <Loaded query={query}>
        {({ pages }) => (
          <Stack gap="sm">
            <InstanceTable rows={pages.flatMap(({ items }) => items)} />
            <More query={query} label={say('more')} />
          </Stack>
        )}
      </Loaded>
      {isActing && (
        <BatchDialog narrowing={narrowing} definitions={definitions.data ?? []} close={close} />
      )}
    </Page>
  );
}

/** The version that is asked for; else the latest of the process. */
function chosen(
  definitions: readonly Definition[],
  { process, version }: Narrowing,
): Definition | null {
  return (
    definitions.find(
      (one) =>
        one.processDefinitionId === process && (version === undefined || one.version === version),
    ) ?? null
  );
}

/** Counts on the diagram; a step that is chosen narrows the list to those that are there. */
function Where({
  definition,
  narrowing,
  narrow,
}: {
  readonly definition: Definition;
  readonly narrowing: Narrowing;
  readonly narrow: (change: Narrowing) => void;
}): ReactNode {
  const say = useTexts(INSTANCES_TEXTS);
  const called = useProcessNames();
  const { processDefinitionKey: key, name, processDefinitionId, version } = definition;
  const xml = useXml(key);
  const counts = useCounts(key, narrowing);
  const standing = useMemo(
    () =>
      new Map<string, Standing>(
        (counts.data ?? []).map(({ elementId, active, incidents, completed }) => [
          elementId,
          { active, incidents, done: completed },
        ]),
      ),
    [counts.data],
  );
  const { element = null } = narrowing;
  const busy = (counts.data ?? []).filter(({ active, incidents }) => active + incidents > 0);
  return (
    <Box component="section" aria-label={say('counts')}>
      <Loaded query={xml}>
        {(text) => (
          <Diagram
            xml={text}
            label={say('diagram', { name: `${called(processDefinitionId, name)} ${version}` })}
            standing={standing}
            selected={element}
            onSelect={(id) => narrow({ element: id === element ? undefined : id })}
          />
        )}
      </Loaded>
      {busy.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing={4} mt="xs" component="ul" p={0} m={0}>
          {busy.map(({ elementId, active, incidents }) => (
            <li key={elementId} className="app-plain">
              <Button
                variant={elementId === element ? 'light' : 'subtle'}
                color="gray"
                size="compact-sm"
                fullWidth
                justify="space-between"
                aria-pressed={elementId === element}
                onClick={() => narrow({ element: elementId === element ? undefined : elementId })}
                rightSection={
                  <Text span size="sm" className="app-number">
                    {`● ${active}${incidents > 0 ? ` ! ${incidents}` : ''}`}
                  </Text>
                }
              >
                {elementId}
              </Button>
            </li>
          ))}
        </SimpleGrid>
      )}
      {element !== null && (
        <Alert variant="light" mt="xs" p="xs">
          {say('activeAt', { name: element })}
        </Alert>
      )}
    </Box>
  );
}
