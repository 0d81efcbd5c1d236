import { Alert, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ShieldOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WholeCustomer } from '../../../contracts/records.js';
import { ask } from '../../api/ask.js';
import { Loaded } from '../../parts/loaded.js';
import { Page } from '../../parts/page.js';
import { StartButton } from '../../parts/start/start-button.js';
import { useLocale, useTexts } from '../../texts/texts.js';
import { Debts, keptOf, StateBadge } from './customers-page.js';
import { useCalled } from './filters.js';
import { Holds } from './holds.js';
import { Journey } from './journey.js';
import { Portfolio } from './portfolio.js';
import { RecordSections } from './record-sections.js';
import { CUSTOMER_TEXTS } from './texts.js';

/** One customer with all that the record has of it. */
export function CustomerPage(): ReactNode {
  const { customerId = '' } = useParams({ strict: false }) as { readonly customerId?: string };
  const query = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => ask<WholeCustomer>(`/api/v1/customers/${customerId}`, { signal }),
    // Whoever looks stands in the audit: it is not read again by itself.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  return <Loaded query={query}>{(whole) => <Whole whole={whole} />}</Loaded>;
}

function Whole({ whole }: { readonly whole: WholeCustomer }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const { customer } = whole;
  const number = customer.certificateNumber ?? '–';
  return (
    <Page
      title={customer.isErased ? say('erasedTitle') : (customer.legalName ?? '–')}
      about={customer.customerId}
      actions={
        <>
          <StateBadge customer={customer} />
          {!customer.isErased && <StartButton customerId={customer.customerId} />}
        </>
      }
    >
      {customer.isErased && (
        <Alert icon={<ShieldOff aria-hidden />} color="gray" title={`⟨${say('erasedTitle')}⟩`}>
          {say('erasedAbout', { number })}
        </Alert>
      )}
      <Facts whole={whole} />
      <Portfolio customer={customer} />
      <Holds whole={whole} />
      <Journey customerId={customer.customerId} stage={customer.stage} />
      <RecordSections whole={whole} />
    </Page>
  );
}

function Facts({ whole: { customer } }: { readonly whole: WholeCustomer }): ReactNode {
  const say = useTexts(CUSTOMER_TEXTS);
  const { planCalled } = useCalled();
  const locale = useLocale();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say('taxId'), customer.taxId ?? '–'],
    [say('country'), keptOf(customer, customer.country)],
    [say('zone'), keptOf(customer, customer.tz)],
    [say('language'), keptOf(customer, customer.locale)],
    [say('plan'), customer.plans.map(planCalled).join(', ') || '–'],
    [say('debt'), <Debts key="debt" debts={customer.debts} locale={locale} />],
    [say('health'), customer.healthScore ?? '–'],
    [say('since'), keptOf(customer, customer.since)],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
      {facts.map(([name, value]) => (
        <Paper key={name} withBorder p="sm">
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Group component="dd" m={0} gap={4}>
            <Text fw={600} component="div">
              {value}
            </Text>
          </Group>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
