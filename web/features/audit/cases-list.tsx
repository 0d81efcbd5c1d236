import { Badge, Group, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CaseRow } from '../../../contracts/cases.js';
import { useDefinitions } from '../../api/definitions.js';
import { useLive } from '../../api/live.js';
import { useProcessNames } from '../../api/process-names.js';
import { useSearch } from '../../api/search.js';
import { CustomerName } from '../../parts/customer-name.js';
import { SearchList } from '../../parts/search-list.js';
import { Time } from '../../parts/time.js';
import { useRecordWords } from '../../parts/use-record-words.js';
import { useTexts } from '../../texts/texts.js';
import type { AuditView } from './routes.js';
import { AUDIT_TEXTS } from './texts.js';

/** Under which cases are kept. */
export const CASES = 'cases';

/** What is shown where nobody chose: what auditors come for. */
const FIRST = 'offboarding';
const ALL = '*';

/** Cases that are over, the last ones first. */
export function CasesList({
  view,
  change,
}: {
  readonly view: AuditView;
  readonly change: (changes: AuditView) => void;
}): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const called = useProcessNames();
  const process = view.process ?? FIRST;
  const { data: definitions = [] } = useDefinitions();
  // Newest versions come first: theirs is the name.
  const names = new Map(
    definitions.toReversed().map((one) => [one.processDefinitionId, one.name ?? undefined]),
  );
  const nameOf = (id: string): string => called(id, names.get(id));
  const processes = [...new Set([FIRST, ...names.keys()])]
    .map((id) => ({ value: id, label: nameOf(id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const searching = useSearch<CaseRow>(CASES, '/api/v1/cases/search', {
    filter: { endedAt: { $exists: true }, ...(process !== ALL && { processId: process }) },
    sort: [{ field: 'endedAt', order: 'DESC' }],
  });
  useLive(['process_instance.completed', 'process_instance.terminated'], [[CASES]]);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {say('casesAbout')}
      </Text>
      <Group>
        <Select
          label={say('process')}
          data={[{ value: ALL, label: say('allProcesses') }, ...processes]}
          value={process}
          allowDeselect={false}
          searchable
          onChange={(next) => change({ process: next ?? FIRST })}
        />
      </Group>
      <SearchList
        searching={searching}
        empty={say(process === ALL ? 'noCasesYet' : 'noCases')}
        excluding={
          process === ALL
            ? []
            : [
                {
                  ...{ label: say('process'), value: nameOf(process) },
                  lift: () => change({ process: ALL }),
                },
              ]
        }
        label={say('cases')}
        keyOf={({ caseId }) => caseId}
        columns={[
          {
            title: say('process'),
            cell: ({ caseId, processName, processId, version }) => (
              <>
                <Link to={`/audit/cases/${caseId}` as string} className="app-link">
                  {called(processId, processName)}
                </Link>{' '}
                <Text span size="sm" c="dimmed">
                  {say('version', { version })}
                </Text>
              </>
            ),
          },
          { title: say('customer'), cell: ({ customer }) => <CustomerName customer={customer} /> },
          { title: say('outcome'), cell: (row) => <OutcomeBadge row={row} /> },
          { title: say('started'), cell: ({ startedAt }) => startedAt && <Time at={startedAt} /> },
          {
            title: say('ended'),
            cell: ({ endedAt }) => (endedAt ? <Time at={endedAt} isExact /> : say('running')),
          },
        ]}
      />
    </Stack>
  );
}

/** How it ended: the word counts, the colour only helps. */
export function OutcomeBadge({
  row: { outcome, state },
}: {
  readonly row: Pick<CaseRow, 'outcome' | 'state'>;
}): ReactNode {
  const word = useRecordWords();
  const color = state === 'COMPLETED' ? 'green' : state === 'ACTIVE' ? 'jornada' : 'orange';
  return (
    <Badge variant="default" color={color} tt="none">
      {outcome ?? word('instance', state)}
    </Badge>
  );
}
