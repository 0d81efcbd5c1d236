import { Badge, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CaseRow } from '../../../contracts/cases.js';
import { useLive } from '../../api/live.js';
import { useProcessNames } from '../../api/process-names.js';
import { useSearch } from '../../api/search.js';
import { usePerson } from '../../api/session.js';
import { SearchList } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useRecordWords } from '../../parts/use-record-words.js';
import { useTexts } from '../../texts/texts.js';
import { useCalled } from './filters.js';
import { CUSTOMER_TEXTS } from './texts.js';

const JOURNEY = 'journey';

/** The stage of a customer, and every process past and present. */
export function Journey({
  customerId,
  stage,
}: {
  readonly customerId: string;
  readonly stage: string | null;
}): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const word = useRecordWords();
  const called = useProcessNames();
  const { stageCalled } = useCalled();
  const { roles } = usePerson();
  const seesCases = roles.includes('admin') || roles.includes('auditor');
  const path = `/api/v1/customers/${customerId}/cases/search`;
  const searching = useSearch<CaseRow>(JOURNEY, path, {});
  useLive(
    ['process_instance.started', 'process_instance.completed', 'process_instance.terminated'],
    [[JOURNEY]],
  );
  return (
    <section aria-label={say('journey')}>
      <Group mb="xs" gap="sm">
        <Title order={2} size="h4">
          {say('journey')}
        </Title>
        <Badge variant="default" tt="none">
          {stage === null ? say('stageNone') : say('stageNow', { stage: stageCalled(stage) })}
        </Badge>
      </Group>
      <SearchList
        searching={searching}
        empty={say('journeyNone')}
        label={say('journey')}
        minWidth={520}
        keyOf={({ caseId }) => caseId}
        columns={[
          {
            title: say('process'),
            cell: ({ caseId, processName, processId }) =>
              seesCases ? (
                <Link to={`/audit/cases/${caseId}` as string} className="app-link">
                  {called(processId, processName)}
                </Link>
              ) : (
                <Text size="sm">{called(processId, processName)}</Text>
              ),
          },
          {
            title: say('outcome'),
            cell: ({ outcome, state, endedAt }) =>
              endedAt === null ? say('running') : (outcome ?? word('instance', state)),
          },
          {
            title: say('started'),
            cell: ({ startedAt }) => startedAt && <Time at={startedAt} isExact />,
          },
          { title: say('ended'), cell: ({ endedAt }) => endedAt && <Time at={endedAt} isExact /> },
        ]}
      />
    </section>
  );
}
