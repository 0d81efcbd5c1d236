import { Stack, Switch, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CaseStep, WholeCase } from '../../../contracts/cases.js';
import { useProcessNames } from '../../api/process-names.js';
import { RowsTable } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { namesIn } from './people.js';
import { AUDIT_TEXTS } from './texts.js';

/** What the engine did that people ask for; what people did is always among them. */
const MAIN: readonly string[] = [
  'instanceStarted',
  'instanceCompleted',
  'instanceCancelled',
  'instanceFailed',
  'jobCompleted',
  'jobFailed',
  'messageReceived',
  'timerFired',
  'errorThrown',
  'escalationThrown',
  'incidentOpened',
  'incidentClosed',
];

const isMain = ({ actor, kind }: CaseStep): boolean => actor !== null || MAIN.includes(kind);

/** What happened, in order of time: when, who, what, and why. */
export function CaseSteps({ whole }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const called = useProcessNames();
  const [shown, show] = useState<'main' | 'all'>('main');
  const who = namesIn(whole, say('engine'));
  const steps = shown === 'all' ? whole.steps : whole.steps.filter(isMain);
  const processes = new Map(
    whole.instances.map((one) => [one.instanceId, called(one.processId, one.processName)]),
  );
  return (
    <Stack gap="sm">
      <Switch
        className="app-no-print"
        label={`${say('stepsAll')} (${whole.steps.length})`}
        description={say('stepsMain')}
        checked={shown === 'all'}
        onChange={({ currentTarget: { checked } }) => show(checked ? 'all' : 'main')}
      />
      <RowsTable
        label={say('steps')}
        minWidth={720}
        rows={steps}
        keyOf={({ instanceId, sequence, at, what }) =>
          `${instanceId} ${sequence ?? `${at} ${what}`}`
        }
        columns={[
          { title: say('when'), cell: ({ at }) => <Time at={at} isExact /> },
          { title: say('who'), cell: ({ actor }) => who(actor) },
          { title: say('process'), cell: ({ instanceId }) => processes.get(instanceId) ?? '' },
          {
            title: say('what'),
            cell: ({ what }) => (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {what}
              </Text>
            ),
          },
          { title: say('why'), cell: ({ why }) => why ?? '' },
        ]}
      />
    </Stack>
  );
}
