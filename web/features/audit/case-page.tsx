import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Download, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { WholeCase } from '../../../contracts/cases.js';
import { ask } from '../../api/ask.js';
import { useProcessNames } from '../../api/process-names.js';
import { CustomerName } from '../../parts/customer-name.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { RowsTable } from '../../parts/search-list.js';
import { Section } from '../../parts/section.js';
import { Time } from '../../parts/time.js';
import { useTexts } from '../../texts/texts.js';
import { CaseDiagrams } from './case-diagrams.js';
import { CaseForms } from './case-forms.js';
import { CaseProofs } from './case-proofs.js';
import { CaseSteps } from './case-steps.js';
import { OutcomeBadge } from './cases-list.js';
import { AUDIT_TEXTS } from './texts.js';

/** How one case went, with all that shows it: to read, to print, and to take along. */
export function CasePage(): ReactNode {
  const { caseId = '' } = useParams({ strict: false }) as { readonly caseId?: string };
  const query = useQuery({
    queryKey: ['case', caseId],
    queryFn: ({ signal }) => ask<WholeCase>(`/api/v1/cases/${caseId}`, { signal }),
    // Whoever looks stands in the audit: once is enough.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Loaded query={query}>{(whole) => <WholeCasePage whole={whole} />}</Loaded>;
}

function WholeCasePage({ whole }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const called = useProcessNames();
  const { case: row } = whole;
  const process = called(row.processId, row.processName);
  return (
    <Page
      title={say('caseOf', { process })}
      about={row.caseId}
      actions={<CaseActions whole={whole} />}
    >
      <Summary whole={whole} />
      <Section title={say('instances')}>
        <RowsTable
          label={say('instances')}
          rows={whole.instances}
          keyOf={({ instanceId }) => instanceId}
          columns={[
            {
              title: say('process'),
              cell: ({ depth, processName, processId, version }) => (
                <Text size="sm" pl={depth * 16}>
                  {called(processId, processName)}, {say('version', { version })}
                </Text>
              ),
            },
            { title: say('outcome'), cell: (one) => <OutcomeBadge row={one} /> },
            {
              title: say('started'),
              cell: ({ startedAt }) => startedAt && <Time at={startedAt} isExact />,
            },
            {
              title: say('ended'),
              cell: ({ endedAt }) => (endedAt ? <Time at={endedAt} isExact /> : say('running')),
            },
          ]}
        />
      </Section>
      <Section title={say('definition')}>
        <CaseDiagrams whole={whole} />
      </Section>
      <Section title={say('steps')}>
        <CaseSteps whole={whole} />
      </Section>
      <Section title={say('forms')}>
        <CaseForms whole={whole} />
      </Section>
      <CaseProofs whole={whole} />
      <Section title={say('check')}>
        <Text size="sm">{say('checkText')}</Text>
      </Section>
    </Page>
  );
}

function CaseActions({ whole: { case: row } }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const [isTaken, take] = useState(false);
  const file = `${row.processId}-${row.caseId}.zip`;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<Printer size={16} aria-hidden />}
          onClick={() => window.print()}
        >
          {say('print')}
        </Button>
        <Button
          component="a"
          href={`/api/v1/cases/${row.caseId}/file`}
          download={file}
          leftSection={<Download size={16} aria-hidden />}
          onClick={() => take(true)}
        >
          {say('download')}
        </Button>
      </Group>
      {isTaken && (
        <Alert maw={480} color="green" role="status">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {say('downloaded', { file })}
          </Text>
        </Alert>
      )}
    </Stack>
  );
}

function Summary({ whole: { case: row } }: { readonly whole: WholeCase }): ReactNode {
  const say = useTexts(AUDIT_TEXTS);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say('customer'), <CustomerName key="customer" customer={row.customer} />],
    [say('outcome'), <OutcomeBadge key="outcome" row={row} />],
    [say('started'), row.startedAt ? <Time key="from" at={row.startedAt} isExact /> : '–'],
    [say('ended'), row.endedAt ? <Time key="to" at={row.endedAt} isExact /> : say('running')],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {facts.map(([name, value]) => (
        <Paper key={name} withBorder p="sm">
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} fw={600}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
